package io.mcpaccess.guard;

/**
 * Why a request is refused for its headers alone.
 *
 * @param status the HTTP status
 * @param problem one sentence for the client's developer; holds nothing of the request
 */
public record HeaderFault(int status, String problem) {}
