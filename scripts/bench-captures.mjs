await build({ logLevel: 'error' });
const server = serveCompressed('dist', PORT);
const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [10_000, 100_000, 1_000_000];
const rows = [];
for (const packets of sizes) rows.push(await measure(packets, { rounds: roundsOf(packets) }));
const alone = [];
if (asked.length === 0)
  for (const packets of [LARGEST / 10, LARGEST])
    alone.push(await measure(packets, { rounds: 1, sizes: 'small', points: ['pod1'] }));
server.close();

