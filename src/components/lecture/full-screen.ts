/** Full screen where the browser allows it; a refusal changes nothing. */
export function toggleFullScreen(): void {
  if (document.fullscreenElement === null) void document.documentElement.requestFullscreen?.().catch(() => {});
  else void document.exitFullscreen().catch(() => {});
}
