/** The package has no types: those parts of it that tests use, in Node and in a browser. */
declare module 'pcap-parser' {
  export interface Packet {
    readonly header: {
      readonly timestampSeconds: number;
      readonly timestampMicroseconds: number;
      readonly capturedLength: number;
      readonly originalLength: number;
    };
    readonly data: Uint8Array;
  }

  interface Parser {
    on(event: 'packet', listener: (packet: Packet) => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    on(event: 'end', listener: () => void): void;
  }

  interface Stream {
    pause(): void;
    resume(): void;
    on(event: string, listener: (value?: unknown) => void): unknown;
  }

  const outside: { parse(stream: Stream): Parser };
  export default outside;
}
