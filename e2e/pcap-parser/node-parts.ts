/**
 * What npm `pcap-parser` asks of Node's `events`, `util`, `process` and `Buffer`, for a page: in a browser Vite leaves these
 * modules empty, and the parser fails at import (`inherits is not a function`). Its `fs` opens paths only, and no test has one.
 */
type Listener = (value?: unknown) => void;

/** By emitter: the parser inherits without ever calling the constructor, so an emitter has no fields of its own. */
const listeners = new WeakMap<EventEmitter, Map<string, Listener[]>>();

export class EventEmitter {
  on(event: string, listener: Listener): this {
    const own = listeners.get(this) ?? new Map<string, Listener[]>();
    listeners.set(this, own.set(event, [...(own.get(event) ?? []), listener]));
    return this;
  }

  emit(event: string, value?: unknown): void {
    for (const listener of listeners.get(this)?.get(event) ?? []) listener(value);
  }
}

type Constructor = { readonly prototype: object };

export const inherits = (heir: Constructor, parent: Constructor): void => {
  Object.setPrototypeOf(heir.prototype, parent.prototype);
};

/** For what the parser refuses; the values behind the text, not in it. */
export const format = (text: string, ...values: readonly unknown[]): string => `${text} (${values.join(', ')})`;

export class NodeBuffer extends Uint8Array<ArrayBuffer> {
  readonly #view = new DataView(this.buffer, this.byteOffset, this.byteLength);

  /** A view, as in Node; a typed array's own `slice` copies. */
  override slice(start?: number, end?: number): NodeBuffer {
    const part = this.subarray(start, end);
    return new NodeBuffer(part.buffer, part.byteOffset, part.length);
  }

  copy(target: Uint8Array, at = 0): void {
    target.set(this, at);
  }

  /** As hex: the parser asks for nothing else. */
  override toString(_encoding?: 'hex', start?: number, end?: number): string {
    return Array.from(this.subarray(start, end), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  readUInt16BE = (at: number): number => this.#view.getUint16(at);
  readUInt16LE = (at: number): number => this.#view.getUint16(at, true);
  readUInt32BE = (at: number): number => this.#view.getUint32(at);
  readUInt32LE = (at: number): number => this.#view.getUint32(at, true);
  readInt32BE = (at: number): number => this.#view.getInt32(at);
  readInt32LE = (at: number): number => this.#view.getInt32(at, true);
}

Object.assign(globalThis, { Buffer: NodeBuffer, process: { nextTick: (next: () => void) => queueMicrotask(next) } });
