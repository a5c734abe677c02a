import type { ClassScores } from '../../classes/classes';
import type { SpatialOutput } from '../../classes/spatial-output';
import type { Explained } from '../../session/model/explained';

/** What is shown of an output that has rows and columns. */
export interface SpatialPanelProps {
  output: SpatialOutput;
  scores: ClassScores;
  /** Gives a class its name. */
  name: (index: number) => string;
  explained: Explained;
  picture: ImageBitmap | null;
  /** Width over height of the image. */
  aspect: number;
  /** True if a map of what is explained is shown. */
  hasMap: boolean;
}
