package io.mcpaccess.benchmarks.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The same questions for every side: a hundred, every other of which is allowed, and batches of fifty tools. */
final class Questions {

    static final int USERS = 50;
    static final int BATCH = 50;
    static final String CLIENT = "pep";
    static final String SECRET = "s3cret";

    private static final int COUNT = 2 * USERS;

    private Questions() {}

    /** OpenFGA's own check. */
    static Side check(URI openFga, String store, String model) {
        return Side.posting(
                "/check",
                openFga.resolve("/stores/" + store + "/check"),
                "",
                COUNT,
                i -> "{\"authorization_model_id\":\"" + model + "\",\"tuple_key\":{\"user\":\"user:" + user(i)
                        + "\",\"relation\":\"can_call\",\"object\":\"tool:" + tool(i) + "\"}}");
    }

    /** An AuthZEN evaluation. */
    static Side evaluation(String name, URI url, String credentials) {
        return Side.posting(
                name,
                url,
                credentials,
                COUNT,
                i -> "{" + who(i) + ",\"resource\":{\"type\":\"tool\",\"id\":\"" + tool(i) + "\"}}");
    }

    /** AuthZEN evaluations of fifty tools. */
    static Side batch(String name, URI url, String credentials) {
        return Side.posting(
                name,
                url,
                credentials,
                COUNT,
                i -> "{" + who(i) + ",\"evaluations\":["
                        + IntStream.range(0, BATCH)
                                .mapToObj(tool -> "{\"resource\":{\"type\":\"tool\",\"id\":\"t" + tool + "\"}}")
                                .collect(Collectors.joining(","))
                        + "]}");
    }

    static String credentials() {
        return "Basic "
                + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.US_ASCII));
    }

    private static String who(int i) {
        return "\"subject\":{\"type\":\"user\",\"id\":\"" + user(i) + "\"},\"action\":{\"name\":\"can_call\"}";
    }

    private static String user(int i) {
        return "u" + i / 2;
    }

    private static String tool(int i) {
        return "t" + (i + 1) / 2;
    }
}
