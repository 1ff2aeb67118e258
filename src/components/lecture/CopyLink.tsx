import { useState } from 'react';
import { addressNow } from '../../store/address';
import { useTexts } from './texts';

/** The address as it stands: whoever opens it sees this very screen. */
export function CopyLink() {
  const { lecture } = useTexts();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const address = await addressNow();
    if (address === null) return;
    await navigator.clipboard?.writeText(address);
    setCopied(true);
  };
  return (
    <button type="button" onClick={() => void copy().catch(() => setCopied(false))} onBlur={() => setCopied(false)}>
      {copied ? `✓ ${lecture.stage.copied}` : lecture.stage.copyLink}
    </button>
  );
}
