package io.mcpaccess.guard.proxy.front;

import io.mcpaccess.guard.http.HttpAnswer;
import io.mcpaccess.guard.oauth.ResourceIdentifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which server a request is for. A path is compared to the letter: nothing is decoded, and no dots are resolved. Where two
 * servers have one path, the host tells them apart. Immutable.
 */
public final class Routes {
    /** Where servers find the keys that {@code X-MCP-Identity} is checked with. */
    public static final String KEYS = "/.well-known/mcp-guard-keys.json";

    private final Map<String, List<Place<GuardedServer>>> servers = new HashMap<>();
    private final Map<String, List<Place<HttpAnswer>>> documents = new HashMap<>();

    private record Place<T>(String authority, T there) {}

    /**
     * @param all the servers
     * @param keys the proxy's public keys, JSON
     */
    public Routes(List<GuardedServer> all, String keys) {
        documents.put(KEYS, List.of(new Place<>("", document(keys))));
        for (GuardedServer server : all) {
            ResourceIdentifier resource = server.guard().configuration().resource();
            String authority = resource.uri().getRawAuthority();
            HttpAnswer metadata = document(server.guard().metadata().toJson());
            add(servers, server.path(), authority, server);
            add(documents, resource.metadataPath(), authority, metadata);
            if (!resource.metadataPath().equals(resource.rootMetadataPath())) {
                add(documents, resource.rootMetadataPath(), authority, metadata);
            }
        }
    }

    private static <T> void add(Map<String, List<Place<T>>> places, String path, String authority, T there) {
        places.computeIfAbsent(path, first -> new ArrayList<>()).add(new Place<>(authority, there));
    }

    private static HttpAnswer document(String json) {
        return new HttpAnswer(
                200, Map.of("Content-Type", "application/json", "Access-Control-Allow-Origin", "*"), json);
    }

    /**
     * @param path as the client sent it
     * @param authority the client's {@code Host} or {@code :authority}
     * @return the server; empty when there is none, or the host does not say which
     */
    Optional<GuardedServer> server(String path, String authority) {
        return one(servers.getOrDefault(path, List.of()), authority);
    }

    /**
     * @param path as the client sent it
     * @param authority the client's {@code Host} or {@code :authority}
     * @return a document that everybody may read
     */
    Optional<HttpAnswer> document(String path, String authority) {
        return one(documents.getOrDefault(path, List.of()), authority);
    }

    private static <T> Optional<T> one(List<Place<T>> places, String authority) {
        if (places.size() == 1) {
            return Optional.of(places.get(0).there());
        }
        String wanted = authority.toLowerCase(Locale.ROOT);
        List<Place<T>> same = places.stream()
                .filter(place -> place.authority().equals(wanted))
                .toList();
        return same.size() == 1 ? Optional.of(same.get(0).there()) : Optional.empty();
    }
}
