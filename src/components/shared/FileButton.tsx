import type { ReactNode } from 'react';

interface Props {
  readonly className: string | undefined;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

/** A button that opens the browser's file dialog. */
export function FileButton({ className, onFiles, children }: Props) {
  return (
    <label className={className}>
      {children}
      <input
        type="file"
        multiple
        className="visually-hidden"
        onChange={(event) => {
          const input = event.currentTarget;
          const files = [...(input.files ?? [])];
          input.value = ''; // choosing the same file again is a change again
          onFiles(files);
        }}
      />
    </label>
  );
}
