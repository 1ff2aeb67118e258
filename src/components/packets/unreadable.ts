import { unreachable } from '../../engine/base/result';
import { linkTypeName } from '../../engine/capture/link-types';
import type { UnreadableReason } from '../../engine/wire/layers';
import type { PacketTexts } from '../../i18n/packets';

/** Why a frame could not be read to its end, in a few words. */
export function unreadableText(reason: UnreadableReason, t: PacketTexts): string {
  switch (reason.kind) {
    case 'link-type':
      return t.linkType(reason.linkType, linkTypeName(reason.linkType));
    case 'truncated':
      return t.truncated;
    case 'malformed':
      return t.malformed;
    case 'too-deep':
      return t.tooDeep;
    default:
      return unreachable(reason);
  }
}
