package io.mcpaccess.amctl.am;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.amctl.terminal.CommandFailure;
import io.mcpaccess.amctl.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The domains of one environment (AM's DomainsResource), as far as the caller may see them. Not for many threads. */
public final class ManagedDomains {
    private final AmClient am;
    private final String path;

    /**
     * Asks nothing yet.
     *
     * @param am the management API
     * @param organization AM's organization
     * @param environment AM's environment
     */
    public ManagedDomains(AmClient am, String organization, String environment) {
        this.am = am;
        this.path = "/organizations/" + AmClient.encoded(organization) + "/environments/"
                + AmClient.encoded(environment) + "/domains";
    }

    /**
     * All domains that the caller may see.
     *
     * @return AM's Domain list; empty without the right to list them
     */
    public List<JsonNode> list() {
        try {
            return AmPages.all(am, path);
        } catch (AmFailure e) {
            if (e.status() == 403) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Finds a domain.
     *
     * @param name the domain's id, its path's name (hrid) or its display name
     * @return the domain; who may not list domains has to give the id
     * @throws CommandFailure if several domains have the name
     */
    public ManagedDomain find(String name) {
        List<String> found = new ArrayList<>();
        List<JsonNode> listed = list();
        for (JsonNode domain : listed) {
            String id = domain.path("id").asText();
            if (id.equals(name)) {
                return domain(id);
            }
            if (name.equals(domain.path("hrid").asText())
                    || name.equals(domain.path("name").asText())) {
                found.add(id);
            }
        }
        if (found.size() > 1) {
            throw new CommandFailure(ExitCode.USAGE, "Several domains are called " + name + ". Give one's id.");
        }
        if (found.isEmpty() && !listed.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.UNAUTHORISED,
                    listed.stream()
                            .map(ManagedDomains::nameOf)
                            .collect(Collectors.joining(
                                    ", ", "There is no such domain, or you may not see it. There are: ", ".")));
        }
        return domain(found.isEmpty() ? name : found.get(0));
    }

    private ManagedDomain domain(String id) {
        return new ManagedDomain(am, path + "/" + AmClient.encoded(id), id);
    }

    private static String nameOf(JsonNode domain) {
        return domain.path("hrid").asText(domain.path("id").asText());
    }
}
