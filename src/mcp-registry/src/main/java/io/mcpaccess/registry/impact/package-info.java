/** What a change of permissions, servers or settings does to everybody, before it is made: who gains and who loses which call. */
package io.mcpaccess.registry.impact;
