package io.mcpaccess.policy.consent;

import io.mcpaccess.policy.am.RequestedTools;
import io.mcpaccess.policy.am.RequestedTools.RequestedTool;
import java.net.IDN;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the consent page is told, as template variables. All of it is other people's text: descriptions are an MCP server's,
 * the application's name and its redirect URI may come from whoever registered it.
 *
 * @param requested the tools behind the requested scopes
 * @param presented the scopes that AM asks about on this page: the requested ones, without those approved before
 * @param known the tools that are not new to the user
 */
record ConsentPage(RequestedTools requested, Set<String> presented, Set<RequestedTool> known) {

    private static final int NAME = 100;
    private static final int DESCRIPTION = 500;
    private static final int HOST = 253;

    /** Copies what it is given. */
    ConsentPage {
        presented = Collections.unmodifiableSet(new LinkedHashSet<>(presented));
        known = Set.copyOf(known);
    }

    /**
     * One list of the tools.
     *
     * @return maps with {@code server, tool, description, scopes, isNew}
     */
    List<Map<String, Object>> flat() {
        return tools().stream().map(this::variables).toList();
    }

    /**
     * The tools by server, in each the new ones first.
     *
     * @return maps with {@code server} and {@code tools}, these as in {@link #flat()}, and {@code missing}
     */
    List<Map<String, Object>> byServer() {
        Map<String, List<RequestedTool>> servers = new LinkedHashMap<>();
        tools().forEach(each -> servers.computeIfAbsent(each.server().clientId(), id -> new ArrayList<>())
                .add(each));
        return servers.values().stream()
                .map(each -> Map.<String, Object>of(
                        "server",
                        PageText.of(each.get(0).server().name(), NAME),
                        "tools",
                        newFirst(each).stream().map(this::extended).toList()))
                .toList();
    }

    /**
     * The tools by scope, in each the new ones first, for a page where each scope is chosen by itself.
     *
     * @return for each presented scope with tools, by its key, maps as in {@link #flat()}, and {@code missing, others, needs}
     */
    Map<String, List<Map<String, Object>>> byScope() {
        Map<String, List<Map<String, Object>>> scopes = new HashMap<>();
        for (String scope : presented) {
            List<Map<String, Object>> behind = newFirst(requested.behind(scope)).stream()
                    .map(each -> chosenBy(scope, each))
                    .toList();
            if (!behind.isEmpty()) {
                scopes.put(scope, behind);
            }
        }
        return scopes;
    }

    /**
     * What the page shows, in short. The form sends it back with the answer: a scope that was not on the page, or stands for
     * other tools since, was not approved on it.
     *
     * @return the digests of the presented scopes
     */
    String shown() {
        return presented.stream()
                .map(scope -> ShownScopes.digest(scope, requested.behind(scope)))
                .collect(Collectors.joining(ShownScopes.SEPARATOR));
    }

    /** Where AM asks about no scope, its page lists none, and ours says what the request is about. */
    private List<RequestedTool> tools() {
        return presented.isEmpty()
                ? requested.tools()
                : requested.tools().stream()
                        .filter(each -> each.tool().scopes().stream().anyMatch(presented::contains))
                        .toList();
    }

    private List<RequestedTool> newFirst(List<RequestedTool> tools) {
        return tools.stream().sorted(Comparator.comparing(known::contains)).toList();
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

    /** A tool that also needs what is not asked for cannot be called with this token, whatever the user answers. */
    private Map<String, Object> extended(RequestedTool each) {
        Map<String, Object> variables = new HashMap<>(variables(each));
        variables.put(
                "missing",
                each.tool().scopes().stream()
                        .filter(scope -> !requested.scopes().contains(scope))
                        .map(scope -> PageText.of(scope, NAME))
                        .toList());
        return variables;
    }

    private Map<String, Object> chosenBy(String scope, RequestedTool each) {
        Map<String, Object> variables = extended(each);
        List<String> needed =
                each.tool().scopes().stream().filter(presented::contains).toList();
        variables.put(
                "others",
                needed.stream()
                        .filter(other -> !other.equals(scope))
                        .map(other -> PageText.of(other, NAME))
                        .toList());
        variables.put("needs", String.join(" ", needed));
        return variables;
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
