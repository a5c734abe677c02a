/** Where a model is called: what its layers are called and stored by, and what they take over. */
export interface Place {
  /** Before the ids of its layers: `outer/`. */
  prefix: string;
  names: string[];
  storage: string;
  fileName: string;
  /** True if Keras 2 wrote the file, by its own word. */
  isByKeras2: boolean;
  /** The `training` of the call around: layers inside take it over. */
  training: unknown;
  /** The id of the one layer inside, which stands for what is around it. */
  sole?: string;
  /** True if calls are written as Keras 2 does. */
  keras2: boolean;
}
