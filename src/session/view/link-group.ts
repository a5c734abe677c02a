/**
 * Links views property by property: what one shows, its peers show too. After
 * neuroglancer's linked, relative and unlinked; relative image coordinates make
 * views of different input sizes agree.
 */
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { LinkMode, LinkName, Viewport, ViewState, ViewStateJSON } from '../../state/view-state';
import { LINK_NAMES, LINKED_PROPERTIES } from '../../state/vocabulary';
import { byName, type LinkSubject } from './link-by-name';
import type { ViewSession } from './view-session';

/** Links that mean something only between some views: those of the same model, output, or images. */
const MEANT: Partial<Record<LinkName, (a: Member, b: Member) => boolean>> = {
  layer: isNamedAlike,
  method: isNamedAlike,
  // Classes go by their index, which is another class in another output.
  class: (a, b) => (isOfSameModel(a, b) ? outputOf(a) === outputOf(b) : isNamedAlike(a, b)),
  image: (a, b) => a.subject.images !== undefined && a.subject.images() === b.subject.images?.()
};

/**
 * The links of a cell's view: properties that the cell sets itself begin unlinked. The image is
 * linked all the same: only views that were opened beside the cell's have the same images.
 */
export function linksBeside(view: ViewStateJSON | undefined): ViewState['links'] {
  const said = new Set(Object.keys(view ?? {}));
  const own = LINK_NAMES.filter(
    name => name !== 'image' && LINKED_PROPERTIES[name].some(property => said.has(property))
  );
  return { ...Object.fromEntries(own.map(name => [name, 'unlinked' as const])), ...view?.links };
}

/** The link mode of a part of a view. */
export function linkMode({ links }: Pick<ViewState, 'links'>, name: LinkName): LinkMode {
  return links[name] ?? 'linked';
}

interface Member {
  session: ViewSession;
  subject: LinkSubject;
  /** As last seen, to tell how far it moved and what was linked. */
  viewport: Viewport;
  links: ViewState['links'];
  /** The views that it was linked with: {@link scopeOf}. */
  scope: string;
  /** Smallest and largest value that it shows, by quantity. */
  valueRanges: Map<string, readonly [number, number]>;
}

/** The views of a page that are alive (in cells, notebooks and other windows of one JupyterLab), and what passes between them. */
export class LinkGroup {
  /** Emits when views join or leave or link otherwise, or when the values that one shows span another range. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /**
   * Takes a view in; it takes over what the views already there show, but for what was set
   * by hand in it before: a notebook that is opened again is as it was. Leaves when disposed of.
   */
  join(session: ViewSession, subject: LinkSubject): IDisposable {
    const { viewport, links } = session.state;
    const scope = scopeOf(session);
    const member: Member = { session, subject, viewport, links, scope, valueRanges: new Map() };
    this._members.push(member);
    const isFree = (name: LinkName): boolean => !LINKED_PROPERTIES[name].some(property => session.isByHand(property));
    const shown = this._shownByPeers(member, LINK_NAMES.filter(isFree));
    this._quietly(() => session.adopt(shown));
    const listener = (_: ViewSession, names: readonly (keyof ViewState)[]): void => this._onState(member, names);
    session.changed.connect(listener);
    this._changed.emit();
    return new DisposableDelegate(() => {
      session.changed.disconnect(listener);
      this._members.splice(this._members.indexOf(member), 1);
      this._changed.emit();
    });
  }

  /** The other views that a view may be linked with, whatever each links. */
  peersOf(session: ViewSession): ViewSession[] {
    const member = this._find(session);
    return member ? this._peers(member).map(peer => peer.session) : [];
  }

  /** True if a part of the view can be linked with one of those views at all, whatever each links. */
  canLink(session: ViewSession, name: LinkName): boolean {
    const member = this._find(session);
    return member !== undefined && this._peers(member).some(peer => MEANT[name]?.(member, peer) ?? true);
  }

  /** Says which values of a quantity (a method's, activations) a view shows; for {@link valueRangeOf}. */
  setValueRange(session: ViewSession, quantity: string, valueRange: readonly [number, number] | null): void {
    const valueRanges = this._find(session)?.valueRanges;
    if (valueRanges && String(valueRanges.get(quantity) ?? null) !== String(valueRange)) {
      if (valueRange) {
        valueRanges.set(quantity, valueRange);
      } else {
        valueRanges.delete(quantity);
      }
      this._changed.emit();
    }
  }

  /** Smallest and largest value of a quantity over a view and those that it shares its range with; null if none is known. */
  valueRangeOf(session: ViewSession, quantity: string): [number, number] | null {
    const member = this._find(session);
    if (!member) {
      return null;
    }
    const peers = linkMode(session.state, 'range') === 'unlinked' ? [] : this._linked(member, 'range');
    const valueRanges = [member, ...peers].flatMap(of => of.valueRanges.get(quantity) ?? []);
    return valueRanges.length === 0
      ? null
      : [
          Math.min(...valueRanges.filter((_, i) => i % 2 === 0)),
          Math.max(...valueRanges.filter((_, i) => i % 2 === 1))
        ];
  }

  dispose(): void {
    this._members = [];
    Signal.clearData(this);
  }

  private _onState(member: Member, names: readonly (keyof ViewState)[]): void {
    const before = member.viewport;
    member.viewport = member.session.state.viewport;
    if (this._isForwarding) {
      return;
    }
    // The one that changed last is the one that newcomers follow.
    this._members.splice(this._members.indexOf(member), 1);
    this._members.push(member);
    if (names.includes('links') || scopeOf(member.session) !== member.scope) {
      this._onLinks(member);
    }
    const { state } = member.session;
    const isOnlyOutput = LINKED_PROPERTIES.class.every(name => !names.includes(name) || state[name] === null);
    const followsClass = names.includes('output') && isOnlyOutput;
    if (followsClass) {
      // No class was chosen with the output: that of the views that explain it already is taken over.
      const shown = this._shownByPeers(member, ['class']);
      this._quietly(() => member.session.update(shown));
    }
    for (const name of LINK_NAMES) {
      const properties = LINKED_PROPERTIES[name].filter(property => names.includes(property));
      if (name === 'class' && followsClass) {
        continue;
      }
      if (properties.length > 0 && linkMode(member.session.state, name) !== 'unlinked') {
        this._forward(member, name, properties, before);
      }
    }
  }

  /** Whoever links anew takes over what the others show. */
  private _onLinks(member: Member): void {
    const { links } = member.session.state;
    const scope = scopeOf(member.session);
    const isNew = (name: LinkName): boolean =>
      scope !== member.scope || linkMode(member, name) !== linkMode({ links }, name);
    const fresh = LINK_NAMES.filter(isNew);
    member.links = links;
    member.scope = scope;
    const shown = this._shownByPeers(member, fresh);
    this._quietly(() => member.session.update(shown));
    this._changed.emit();
  }

  /** Parts of what the linked views show. */
  private _shownByPeers(member: Member, names: readonly LinkName[]): Partial<ViewState> {
    const { state } = member.session;
    const patch: Partial<ViewState> = {};
    for (const name of names) {
      const model = this._linked(member, name)
        .filter(peer => linkMode(peer.session.state, name) === 'linked')
        .pop();
      if (model && linkMode(state, name) === 'linked') {
        Object.assign(patch, told(model, member, pick(model.session.state, LINKED_PROPERTIES[name])));
      }
    }
    return patch;
  }

  private _forward(member: Member, name: LinkName, properties: readonly (keyof ViewState)[], before: Viewport): void {
    const { state } = member.session;
    const patch = pick(state, properties);
    const isByHand = properties.some(property => member.session.isAsByHand(property));
    this._quietly(() => {
      for (const peer of this._linked(member, name)) {
        const { session, viewport } = peer;
        const isRelative = [state, session.state].some(side => linkMode(side, name) === 'relative');
        const change =
          name === 'viewport' && isRelative
            ? { viewport: moved(viewport, before, state.viewport) }
            : told(member, peer, patch);
        if (isByHand) {
          session.update(change);
        } else {
          session.adopt(change);
        }
      }
    });
  }

  /** Changes a view while those that are linked with it stay as they are. */
  apart(change: () => void): void {
    this._quietly(change);
  }

  /** Peers do not pass on what they are told: all of them are told at once. */
  private _quietly(action: () => void): void {
    const outer = this._isForwarding;
    this._isForwarding = true;
    try {
      action();
    } finally {
      this._isForwarding = outer;
    }
  }

  private _linked(member: Member, name: LinkName): Member[] {
    return this._peers(member).filter(
      peer => linkMode(peer.session.state, name) !== 'unlinked' && (MEANT[name]?.(member, peer) ?? true)
    );
  }

  private _peers(member: Member): Member[] {
    const scope = member.session.state.linkScope;
    return this._members.filter(peer => {
      const { session, subject } = peer;
      const other = session.state.linkScope;
      const sameModel = subject.model !== null && isOfSameModel(peer, member) && scope !== 'none' && other !== 'none';
      return session !== member.session && (sameModel || (scope === 'page' && other === 'page'));
    });
  }

  private _find(session: ViewSession): Member | undefined {
    return this._members.find(member => member.session === session);
  }

  private _members: Member[] = [];
  private _isForwarding = false;
  private _changed = new Signal<this, void>(this);
}

function isOfSameModel(a: Member, b: Member): boolean {
  return a.subject.model === b.subject.model;
}

/** True of views whose layers, classes and methods mean the same, or are asked to go by their names. */
function isNamedAlike(a: Member, b: Member): boolean {
  return isOfSameModel(a, b) || (a.session.state.linkByName && b.session.state.linkByName);
}

/** A change of one view, as another one has it. */
const told = (from: Member, to: Member, changes: Partial<ViewState>): Partial<ViewState> =>
  isOfSameModel(from, to) ? changes : byName(changes, from.subject, to.subject);

const scopeOf = ({ state }: ViewSession): string => `${state.linkScope} ${state.linkByName}`;

const outputOf = ({ session, subject }: Member): string | undefined => session.state.output ?? subject.firstOutput;

function pick(state: Readonly<ViewState>, properties: readonly (keyof ViewState)[]): Partial<ViewState> {
  return Object.fromEntries(properties.map(property => [property, state[property]]));
}

/** Moves a viewport as another one moved: the shift is added, the zoom multiplied. */
function moved(viewport: Viewport, from: Viewport, to: Viewport): Viewport {
  const zoom = Math.max(1, (viewport.zoom * to.zoom) / from.zoom);
  return { x: viewport.x + to.x - from.x, y: viewport.y + to.y - from.y, zoom };
}
