package io.mcpaccess.authzen.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.authzen.http.Answer;
import io.mcpaccess.authzen.http.Call;
import io.mcpaccess.authzen.http.Endpoint;
import io.mcpaccess.authzen.search.EngineSearches;
import io.mcpaccess.core.spi.EngineOperations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Says where the endpoints are; a search that the domain's engine does not offer is left out. Anybody may ask. */
public final class MetadataEndpoint implements Endpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> SEARCHES = Map.of(
            EngineOperations.SEARCH_SUBJECT, "search_subject_endpoint",
            EngineOperations.SEARCH_RESOURCE, "search_resource_endpoint",
            EngineOperations.SEARCH_ACTION, "search_action_endpoint");

    private final PdpIdentifier pdp;
    private final EngineSearches searches;

    /**
     * Wires the endpoint.
     *
     * @param pdp the PDP
     * @param searches know what the engine offers
     */
    public MetadataEndpoint(PdpIdentifier pdp, EngineSearches searches) {
        this.pdp = Objects.requireNonNull(pdp, "pdp");
        this.searches = Objects.requireNonNull(searches, "searches");
    }

    @Override
    public CompletionStage<Answer> answer(Call call) {
        return searches.offered().thenApply(offered -> Answer.json(200, write(metadata(offered))));
    }

    private Map<String, Object> metadata(Set<String> offered) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("policy_decision_point", pdp.url());
        metadata.put("access_evaluation_endpoint", pdp.endpoint("/access/v1/evaluation"));
        metadata.put("access_evaluations_endpoint", pdp.endpoint("/access/v1/evaluations"));
        SEARCHES.forEach((operation, member) -> {
            if (offered.contains(operation)) {
                metadata.put(member, pdp.endpoint("/access/v1/" + operation));
            }
        });
        return metadata;
    }

    private static String write(Map<String, Object> metadata) {
        try {
            return JSON.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The metadata could not be written as JSON.", e);
        }
    }
}
