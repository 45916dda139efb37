/**
 * An MCP server that knows nothing of tokens: the guard stands before it and says who calls. Only the guard may reach it,
 * hence the loopback address.
 */
import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

const ORDERS = new Map([['A-1', 120], ['A-2', 9000]]);
const PORT = Number(process.env.PORT ?? 3000);

const text = (what: string) => ({ content: [{ type: 'text' as const, text: what }] });

function orders(): McpServer {
  const server = new McpServer({ name: 'orders', version: '1.0.0' });
  server.registerTool('list_orders', { description: 'List all orders with what was paid.' }, async () =>
    text([...ORDERS].map(([number, paid]) => `${number}: ${paid.toFixed(2)} EUR`).join(', ')),
  );
  server.registerTool(
    'refund_order',
    {
      description: 'Give back a part of what was paid for an order.',
      inputSchema: { number: z.string(), amount: z.number().positive() },
    },
    async ({ number, amount }, extra) => {
      if (amount > (ORDERS.get(number) ?? 0)) {
        throw new Error('There is no such order, or it was about less.');
      }
      const caller = extra.requestInfo?.headers['x-mcp-subject'] ?? 'nobody that the guard named';
      return text(`${amount.toFixed(2)} EUR of ${number} given back by ${caller}`);
    },
  );
  return server;
}

// Without sessions: one server and transport a request.
createServer(async (request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(405, { allow: 'POST' }).end();
    return;
  }
  const server = orders();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response);
}).listen(PORT, '127.0.0.1', () => console.log(`orders ready http://127.0.0.1:${PORT}/mcp`));
