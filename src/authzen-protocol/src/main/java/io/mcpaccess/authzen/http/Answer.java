package io.mcpaccess.authzen.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A finished HTTP answer.
 *
 * @param status the HTTP status
 * @param contentType the media type of the body
 * @param body the body's text, written in UTF-8
 * @param headers further headers, each with its values in order; unmodifiable
 */
public record Answer(int status, String contentType, String body, Map<String, List<String>> headers) {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /**
     * An answer in JSON.
     *
     * @param status the HTTP status
     * @param body the serialised JSON
     * @return the answer
     */
    public static Answer json(int status, String body) {
        return new Answer(status, JSON, body, Map.of());
    }

    /**
     * An error, its body "an error message string" (AuthZEN 1.0, section 10.1.2).
     *
     * @param status the HTTP status
     * @param message a sentence for the caller
     * @return the answer
     */
    public static Answer error(int status, String message) {
        return new Answer(status, TEXT, message, Map.of());
    }

    /**
     * The same answer with one header more.
     *
     * @param name the header
     * @param values its values, one header line each
     * @return a new answer
     */
    public Answer with(String name, List<String> values) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        more.put(name, List.copyOf(values));
        return new Answer(status, contentType, body, more);
    }
}
