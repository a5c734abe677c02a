import { type Kept, readKept, withKept } from '../../mime/kept';
import type { KeptNotebook, Output } from './kept-notebook';
import type { OutputStore } from './output-store';

/** The output of a notebook as a store. What is kept can be saved, or is not written. */
export class NotebookOutput implements OutputStore {
  constructor(
    private id: string,
    /** The output's model; JupyterLab may replace it. */
    private model: () => Pick<Output, 'data' | 'metadata' | 'setData'> | null,
    private notebook: KeptNotebook | null
  ) {}

  get isFresh(): boolean {
    return this.notebook?.isFresh(this.id) ?? false;
  }

  read(): Kept {
    return readKept(this.model()?.metadata);
  }

  picture(): string | null {
    const png = this.model()?.data['image/png'];
    return typeof png === 'string' ? png : null;
  }

  announce(): void {
    if (this.notebook?.isWritable) {
      this.notebook.touch();
    }
  }

  write(kept: Kept, picture?: string): void {
    const model = this.model();
    if (model && this.notebook?.isWritable) {
      model.setData({
        data: (picture === undefined ? model.data : { ...model.data, 'image/png': picture }) as never,
        metadata: withKept(model.metadata, kept) as never
      });
      this.notebook.touch();
    }
  }
}
