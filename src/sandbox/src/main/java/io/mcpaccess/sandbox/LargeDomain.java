package io.mcpaccess.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a domain of many tools and users: {@code sandbox.yml} and {@code store.fga.yaml} in a folder. The access map of a
 * real company has about this size. Every run writes the same: {@value #TOOLS} tools of {@value #SERVERS} servers,
 * {@value #USERS} users in {@value #TEAMS} teams, {@value #APPLICATIONS} applications. Every second tool is for all teams;
 * tool 7 is for everyone, tool 8 for nobody.
 */
public final class LargeDomain {
    /** How many tools. */
    public static final int TOOLS = 200;
    /** How many users. */
    public static final int USERS = 1000;

    private static final int SERVERS = 4;
    private static final int TEAMS = 10;
    private static final int APPLICATIONS = 12;
    private static final int FOR_EVERYONE = 7;
    private static final int FOR_NOBODY = 8;

    private LargeDomain() {}

    /**
     * Writes the two files.
     *
     * @param arguments the folder, and optionally the two ports (gateway, management), 8092 and 8093 unless given
     * @throws IOException where they cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 && arguments.length != 3) {
            System.err.println("usage: LargeDomain FOLDER [GATEWAY_PORT MANAGEMENT_PORT]");
            System.exit(2);
        }
        write(
                Path.of(arguments[0]),
                arguments.length == 1 ? "8092" : arguments[1],
                arguments.length == 1 ? "8093" : arguments[2]);
    }

    /**
     * Writes the two files.
     *
     * @param folder where; made where it is missing
     * @param gatewayPort the gateway's port, 0 for a free one
     * @param managementPort the management API's port, 0 for a free one
     * @return the configuration's file
     * @throws IOException where they cannot be written
     */
    public static Path write(Path folder, String gatewayPort, String managementPort) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("store.fga.yaml"), store());
        return Files.writeString(folder.resolve("sandbox.yml"), sandbox(gatewayPort, managementPort));
    }

    private static String sandbox(String gatewayPort, String managementPort) {
        StringBuilder out = new StringBuilder("# Written by LargeDomain.\ngateway: {port: " + gatewayPort
                + "}\nmanagement: {port: " + managementPort + "}\ndomains:\n  - id: large\n    users:\n");
        lines(out, USERS, i -> "{username: " + user(i) + ", password: wonderland}");
        out.append("    scopes:\n");
        lines(out, TOOLS, i -> "{key: \"tools:" + tool(i) + "\", name: Tool " + i + "}");
        out.append("    applications:\n");
        lines(out, APPLICATIONS, i -> "{clientId: agent-" + i + ", clientSecret: s, name: Agent " + i + "}");
        out.append("    protectedResources:\n");
        for (int server = 0; server < SERVERS; server++) {
            out.append("      - {name: server-" + server + ", clientId: server-" + server
                    + ", clientSecret: s, resourceIdentifiers: [\"https://server-" + server
                    + ".example/mcp\"],\n         features: [\n");
            int first = server;
            out.append(IntStream.range(0, TOOLS)
                            .filter(i -> i % SERVERS == first)
                            .mapToObj(i -> "           {key: " + tool(i) + ", description: \"Does thing " + i
                                    + "\", scopes: [\"tools:" + tool(i) + "\"]}")
                            .collect(Collectors.joining(",\n")))
                    .append("]}\n");
        }
        return out.append("    authorizationEngine: {type: openfga, name: engine,"
                        + " configuration: {mode: embedded, storeFile: store.fga.yaml}}\n")
                .toString();
    }

    private static void lines(StringBuilder out, int count, IntFunction<String> line) {
        IntStream.range(0, count).forEach(i -> out.append("      - " + line.apply(i) + "\n"));
    }

    private static String store() {
        StringBuilder out = new StringBuilder("""
                # Written by LargeDomain.
                model: |
                  model
                    schema 1.1
                  type user
                  type team
                    relations
                      define member: [user]
                  type tool
                    relations
                      define can_call: [user, user:*, team#member]
                tuples:
                """);
        for (int i = 0; i < USERS; i++) {
            tuple(out, "user:" + user(i), "member", "team:" + i % TEAMS);
        }
        for (int i = 0; i < TOOLS; i++) {
            if (i == FOR_EVERYONE) {
                tuple(out, "user:*", "can_call", "tool:" + tool(i));
            } else if (i % 2 == 0 && i != FOR_NOBODY) {
                for (int team = 0; team < TEAMS; team++) {
                    tuple(out, "team:" + team + "#member", "can_call", "tool:" + tool(i));
                }
            } else if (i != FOR_NOBODY) {
                tuple(out, "team:" + i % TEAMS + "#member", "can_call", "tool:" + tool(i));
                tuple(out, "user:" + user(i), "can_call", "tool:" + tool(i));
            }
        }
        return out.toString();
    }

    private static void tuple(StringBuilder out, String user, String relation, String object) {
        out.append("  - {user: \"" + user + "\", relation: " + relation + ", object: \"" + object + "\"}\n");
    }

    private static String user(int i) {
        return String.format(Locale.ROOT, "user%04d", i);
    }

    private static String tool(int i) {
        return String.format(Locale.ROOT, "tool_%03d", i);
    }
}
