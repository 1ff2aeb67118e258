import { unreachable } from '../../engine/base/result';
import type { ClusterFileError } from '../../engine/topology/file';

/** Why a cluster file cannot be opened, as a clause. */
export function fileError(error: ClusterFileError): string {
  switch (error.kind) {
    case 'not-json':
      return 'it is not JSON';
    case 'not-a-cluster':
      return 'it is JSON, but no Hopscope cluster';
    case 'other-version':
      return `it has version ${error.version}; this program reads version ${error.supported}`;
    case 'invalid':
      return `at ${error.path}: expected ${error.expected}, found ${error.received}`;
    case 'missing-device':
      return `at ${error.path}: there is no device ${error.dev} on a host ${error.host}`;
    case 'twice':
      return `at ${error.path}: ${error.name} stands twice`;
    default:
      return unreachable(error);
  }
}
