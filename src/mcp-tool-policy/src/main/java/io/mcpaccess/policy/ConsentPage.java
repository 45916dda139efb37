package io.mcpaccess.policy;

import io.mcpaccess.policy.RequestedTools.RequestedTool;
import java.net.IDN;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the consent page is told, as template variables. All of it is other people's text: descriptions are an MCP server's,
 * the application's name and its redirect URI may come from whoever registered it.
 *
 * @param tools the tools behind the requested scopes
 * @param known those among them that are not new to the user
 */
record ConsentPage(List<RequestedTool> tools, Set<RequestedTool> known) {

    private static final int NAME = 100;
    private static final int DESCRIPTION = 500;
    private static final int HOST = 253;

    /** Copies what it is given. */
    ConsentPage {
        tools = List.copyOf(tools);
        known = Set.copyOf(known);
    }

    /**
     * One list of all tools.
     *
     * @return maps with {@code server, tool, description, scopes, isNew}
     */
    List<Map<String, Object>> flat() {
        return tools.stream().map(this::variables).toList();
    }

    /**
     * The tools by server, in each the new ones first.
     *
     * @return maps with {@code server} and {@code tools}, these as in {@link #flat()}
     */
    List<Map<String, Object>> byServer() {
        Map<String, List<RequestedTool>> servers = new LinkedHashMap<>();
        tools.forEach(each -> servers.computeIfAbsent(each.server().clientId(), id -> new ArrayList<>())
                .add(each));
        return servers.values().stream()
                .map(each -> Map.<String, Object>of(
                        "server", PageText.of(each.get(0).server().name(), NAME),
                        "tools",
                                each.stream()
                                        .sorted(Comparator.comparing(known::contains))
                                        .map(this::variables)
                                        .toList()))
                .toList();
    }

    /**
     * What the page shows, in short. The form sends it back with the answer: what has changed since was not approved.
     *
     * @return a digest of the tools, their scopes and their descriptions
     */
    String digest() {
        List<String> parts = new ArrayList<>();
        tools.stream()
                .sorted(Comparator.comparing(
                                (RequestedTool each) -> each.server().clientId())
                        .thenComparing(each -> each.tool().key()))
                .forEach(each -> {
                    parts.add(each.server().clientId());
                    parts.add(each.tool().key());
                    parts.add(each.tool().description());
                    parts.add(String.join(" ", new TreeSet<>(each.tool().scopes())));
                });
        return ConsentLedger.digest(parts);
    }

    private Map<String, Object> variables(RequestedTool each) {
        return Map.of(
                "server", PageText.of(each.server().name(), NAME),
                "tool", PageText.of(each.tool().key(), NAME),
                "description", PageText.of(each.tool().description(), DESCRIPTION),
                "scopes",
                        each.tool().scopes().stream()
                                .map(scope -> PageText.of(scope, NAME))
                                .toList(),
                "isNew", !known.contains(each));
    }

    /**
     * The application's name.
     *
     * @param name its name, or {@code null}
     * @param clientId its client id
     * @return the name, or the client id where it has none
     */
    static String application(String name, String clientId) {
        String shown = PageText.of(name, NAME);
        return shown.isEmpty() ? PageText.of(clientId, NAME) : shown;
    }

    /**
     * Where the browser is sent after the page.
     *
     * @param redirectUri the redirect URI, or {@code null}
     * @return its host as the browser will show it, the scheme where an app has no host, or {@code null} where neither can be told
     */
    static String redirectHost(String redirectUri) {
        if (redirectUri == null) {
            return null;
        }
        try {
            URI uri = URI.create(redirectUri);
            if (uri.getHost() != null) {
                return PageText.of(uri.getHost(), HOST);
            }
            // java.net.URI reads no host with letters beyond ASCII.
            return uri.getRawAuthority() == null
                    ? PageText.of(uri.getScheme(), HOST)
                    : IDN.toASCII(uri.getRawAuthority().replaceAll("^.*@|:\\d*$", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
