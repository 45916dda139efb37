/**
 * A small MCP server that is not Java and knows nothing of tokens, for MCP 2026-07-28 and older: the guard proxy stands in
 * front of it. It tells whether anybody's token came through.
 *
 *   node notes-server.mjs PORT
 */
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

const handler = createMcpHandler(({ requestInfo } = {}) => {
  const server = new McpServer({ name: 'notes', version: '1' });
  for (const name of ['read_notes', 'write_note']) {
    server.registerTool(name, { description: `${name} of the example` }, async (context) => {
      const headers = requestInfo?.headers ?? context?.http?.req?.headers;
      return { content: [{ type: 'text', text: `authorization: ${headers?.get?.('authorization') ?? 'none'}` }] };
    });
  }
  return server;
});

createServer(async (request, response) => {
  const answer = await handler.fetch(
    new Request(`http://127.0.0.1${request.url}`, {
      method: request.method,
      headers: request.headers,
      ...(['GET', 'HEAD'].includes(request.method) ? {} : { body: Readable.toWeb(request), duplex: 'half' }),
    }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body) {
    Readable.fromWeb(answer.body).pipe(response);
  } else {
    response.end();
  }
}).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('notes ready'));
