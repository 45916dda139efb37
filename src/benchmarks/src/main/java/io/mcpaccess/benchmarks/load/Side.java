package io.mcpaccess.benchmarks.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One of those that are asked the same questions.
 *
 * @param name for a person
 * @param server scheme, host and port
 * @param requests whole HTTP requests, put by turns
 */
record Side(String name, URI server, List<byte[]> requests) {

    Side {
        requests = List.copyOf(requests);
    }

    /**
     * A side whose questions are posted as JSON.
     *
     * @param url where to
     * @param credentials the value of {@code Authorization}, or empty text for none
     * @param count how many questions there are
     * @param bodies gives the body of each
     */
    static Side posting(String name, URI url, String credentials, int count, IntFunction<String> bodies) {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] body = bodies.apply(i).getBytes(StandardCharsets.UTF_8);
            String head = "POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getHost() + ":" + url.getPort()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n"
                    + (credentials.isEmpty() ? "" : "Authorization: " + credentials + "\r\n") + "\r\n";
            byte[] start = head.getBytes(StandardCharsets.US_ASCII);
            byte[] whole = new byte[start.length + body.length];
            System.arraycopy(start, 0, whole, 0, start.length);
            System.arraycopy(body, 0, whole, start.length, body.length);
            requests.add(whole);
        }
        return new Side(name, url, requests);
    }
}
