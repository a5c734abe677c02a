import { SidePanel } from '@jupyterlab/ui-components';
import type { AccordionPanel } from '@lumino/widgets';
import * as React from 'react';
import type { ViewServices } from '../../session/services';
import '../../../style/sidebar.css';
import { ClassPanel } from './class-panel';
import { ControlsPanel } from './controls-panel';
import { LayerBrowser } from './layer-browser';
import { BrowserMemory } from './memory';
import { Section } from './section';
import { SidebarHeader } from './sidebar-header';

/** Makes the sidebar's content. While it is hidden nothing in it is rendered or listens. */
export function createSidebar(services: ViewServices): SidePanel {
  const { trans } = services;
  const panel = new SidePanel();
  panel.addClass('jp-GradLens-sidePanel');
  const memory = new BrowserMemory();

  const section = (label: string, content: React.ReactElement): Section => {
    const widget = new Section(services, content);
    widget.title.label = label;
    return widget;
  };
  panel.header.addWidget(new Section(services, React.createElement(SidebarHeader)));
  panel.addWidget(section(trans.__('Layers'), React.createElement(LayerBrowser, { memory })));
  panel.addWidget(section(trans.__('Classes'), React.createElement(ClassPanel)));
  panel.addWidget(section(trans.__('Controls'), React.createElement(ControlsPanel)));
  (panel.content as AccordionPanel).setRelativeSizes([3, 2, 2]);
  return panel;
}
