package io.mcpaccess.amctl.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.am.AmUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** What users approved for clients that there are no more. */
public final class OrphanApprovals {

    /** The policy notes under such names which tools a user saw; they are no scopes of a person's. */
    private static final String NOTE = "mcp:";

    private OrphanApprovals() {}

    /**
     * One user and one client.
     *
     * @param user the user's name
     * @param clientId the client that is gone
     * @param scopes what was approved for it, sorted
     */
    public record Orphan(String user, String clientId, List<String> scopes) {

        public Orphan {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * Looks.
     *
     * @param users AM's users, asked one by one
     * @param listed those that are looked at
     * @param clients the client ids of the domain's applications and MCP servers
     * @param progress hears how many users were looked at
     * @return by user and client
     */
    public static List<Orphan> of(AmUsers users, List<JsonNode> listed, Set<String> clients, IntConsumer progress) {
        List<Orphan> orphans = new ArrayList<>();
        int looked = 0;
        for (JsonNode user : listed) {
            Map<String, Set<String>> gone = new TreeMap<>();
            for (JsonNode approval : users.approvals(user.path("id").asText())) {
                String client = approval.path("clientId").asText();
                String scope = approval.path("scope").asText();
                boolean isApproved = approval.path("status").asText().equalsIgnoreCase("approved");
                if (isApproved && !client.isEmpty() && !clients.contains(client) && !scope.startsWith(NOTE)) {
                    gone.computeIfAbsent(client, each -> new TreeSet<>()).add(scope);
                }
            }
            String name = user.path("username").asText();
            gone.forEach((client, scopes) -> orphans.add(new Orphan(name, client, List.copyOf(scopes))));
            progress.accept(++looked);
        }
        return orphans;
    }
}
