import '../view/view.css';
import './sidebar.css';
import './structure/layer-look.css';
import './structure/structure.css';
import { SidePanel } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import type { AccordionPanel } from '@lumino/widgets';
import * as React from 'react';
import type { ViewServices } from '../../session/services';
import { ClassPanel } from './class-panel';
import { ControlsPanel } from './controls-panel';
import { LayerBrowser } from './layer-browser';
import { BrowserMemory } from './memory';
import { Section } from './section';
import { SectionShares } from './sections';
import { SidebarHeader } from './sidebar-header';
import { StructurePanel } from './structure/structure-graph';

/** Places of controls and graph among the sections. */
const CONTROLS = 2;
const STRUCTURE = 3;

/** Shares of the height: layers, classes, controls, structure. */
const SHARES = [8, 3, 4, 4];

/** The sidebar's content. While it is hidden nothing in it is rendered or listens. */
export class Sidebar extends SidePanel {
  constructor(services: ViewServices) {
    super();
    const { trans } = services;
    this.addClass('jp-GradLens-sidePanel');
    const section = (label: string, content: React.ReactElement): Section => {
      const widget = new Section(services, content);
      widget.title.label = label;
      this.addWidget(widget);
      return widget;
    };
    this.header.addWidget(new Section(services, React.createElement(SidebarHeader)));
    this._layers = section(trans.__('Layers'), React.createElement(LayerBrowser, { memory: new BrowserMemory() }));
    section(trans.__('Classes'), React.createElement(ClassPanel));
    section(trans.__('Controls'), React.createElement(ControlsPanel));
    section(trans.__('Structure'), React.createElement(StructurePanel));
    // The layers get the room: the view itself has the same controls.
    [CONTROLS, STRUCTURE].forEach(index => (this.content as AccordionPanel).collapse(index));
    this._shares = new SectionShares(this.content as AccordionPanel, SHARES);
  }

  /** Puts the focus into the search for layers, opening its section. */
  focusSearch(): void {
    const content = this.content as AccordionPanel;
    if (this._layers.isHidden) {
      content.expand(content.widgets.indexOf(this._layers));
    }
    void this._layers.renderPromise?.then(() =>
      this._layers.node.querySelector<HTMLElement>('input[type="search"]')?.focus()
    );
  }

  protected onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._shares.apply();
  }

  private _layers: Section;
  private _shares: SectionShares;
}
