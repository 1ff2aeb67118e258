import { useState } from 'react';
import { useTexts } from './texts';

/** The address as it stands: whoever opens it sees this very screen. */
export function CopyLink() {
  const { lecture } = useTexts();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(location.href).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" onClick={copy} onBlur={() => setCopied(false)}>
      {copied ? `✓ ${lecture.stage.copied}` : lecture.stage.copyLink}
    </button>
  );
}
