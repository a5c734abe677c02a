import type { AccordionPanel, SplitPanel } from '@lumino/widgets';

/**
 * Shares the height of an accordion among its open sections by weight.
 *
 * Lumino gives the room of a closed section to the last open one, and squeezes
 * that one again when a section opens: two clicks, and the layers have no room.
 * Here an open section always has its share; dragging a divider changes it.
 */
export class SectionShares {
  /** @param weights - Of all sections, open or closed, in their order. */
  constructor(
    private content: AccordionPanel,
    private weights: number[]
  ) {
    content.expansionToggled.connect(this.apply, this);
    (content as SplitPanel).handleMoved.connect(this._onMoved, this);
  }

  /** Lays the sections out anew; does nothing useful before the accordion has a height. */
  apply(): void {
    this.content.setRelativeSizes(this.content.widgets.map((section, i) => (section.isHidden ? 0 : this.weights[i])));
  }

  private _onMoved(): void {
    const sizes = this.content.relativeSizes();
    const open = this.content.widgets.map(section => !section.isHidden);
    const sum = this.weights.reduce((total, weight, i) => total + (open[i] ? weight : 0), 0);
    this.weights = this.weights.map((weight, i) => (open[i] ? sizes[i] * sum : weight));
  }
}
