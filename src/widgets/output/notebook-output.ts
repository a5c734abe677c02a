import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { type Kept, readKept, withKept } from '../../mime/kept';
import type { KeptNotebook } from '../../session/kept/kept-notebook';
import type { OutputStore } from '../../session/kept/output-store';

/** The output of a notebook as a store. What is kept can be saved, or is not written. */
export class NotebookOutput implements OutputStore {
  constructor(
    private id: string,
    /** The output's model; JupyterLab may replace it. */
    private model: () => IRenderMime.IMimeModel | null,
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
        data: picture === undefined ? model.data : { ...model.data, 'image/png': picture },
        metadata: withKept(model.metadata, kept)
      });
      this.notebook.touch();
    }
  }
}
