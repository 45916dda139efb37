package io.mcpaccess.samples.client;

import java.util.Optional;

/**
 * How a tool call ended, as the client saw it.
 *
 * @param status the HTTP status
 * @param challenge the bearer challenge, with 401 and 403
 * @param isError whether the tool's result says that it is an error; false without a result
 * @param text of the result, or what the transport said
 * @param millis how long it took
 */
public record CallOutcome(int status, Optional<Challenge> challenge, boolean isError, String text, long millis) {}
