/** The questions to AM's AuthZEN endpoint: may this caller do this with this token. */
package io.mcpaccess.guard.authzen;
