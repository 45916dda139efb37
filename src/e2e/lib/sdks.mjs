import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { auth, UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as second from '@modelcontextprotocol/client';
import { version } from './versions.mjs';

/** Both lines of the TypeScript SDK. */
export const SDK_1 = {
  name: 'TypeScript SDK 1 (`@modelcontextprotocol/sdk`)',
  version: version('@modelcontextprotocol/sdk'),
  Client,
  StreamableHTTPClientTransport,
  auth,
  UnauthorizedError,
};

export const SDK_2 = {
  name: 'TypeScript SDK 2 (`@modelcontextprotocol/client`)',
  version: version('@modelcontextprotocol/client'),
  Client: second.Client,
  StreamableHTTPClientTransport: second.StreamableHTTPClientTransport,
  auth: second.auth,
  UnauthorizedError: second.UnauthorizedError,
};
