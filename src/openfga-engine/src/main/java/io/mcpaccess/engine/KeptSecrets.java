package io.mcpaccess.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gravitee.am.model.AuthorizationEngine;
import io.gravitee.am.repository.management.api.AuthorizationEngineRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a secret from being sent to an address that it was not entered for. AM shows a secret as stars and puts the
 * stored one back when the stars come back, also when the address was changed meanwhile: whoever may edit the engine and
 * does not know the secret could have it sent to a server of his own.
 *
 * <p>AM tells an engine neither whose it is nor what it was before; so the secrets of all stored engines are compared.
 */
final class KeptSecrets {

    private static final Logger LOG = LoggerFactory.getLogger(KeptSecrets.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> SECRETS = List.of("apiToken", "clientSecret");
    private static final List<String> ADDRESSES = List.of("connectionUri", "apiTokenIssuer");

    private KeptSecrets() {}

    /**
     * Looks for a secret that AM has stored with another address only.
     *
     * @param configuration as it is to be saved, with its secrets
     * @param repository AM's engines; null where the node has none
     * @return what is wrong; empty when nothing is
     */
    static Optional<String> problem(OpenFgaConfiguration configuration, AuthorizationEngineRepository repository) {
        JsonNode wanted = JSON.createObjectNode()
                .put("apiToken", configuration.apiToken)
                .put("clientSecret", configuration.clientSecret)
                .put("connectionUri", configuration.connectionUri)
                .put("apiTokenIssuer", configuration.apiTokenIssuer);
        if (repository == null
                || SECRETS.stream().allMatch(name -> text(wanted, name).isEmpty())) {
            return Optional.empty();
        }
        List<JsonNode> stored;
        try {
            stored = configurations(StoredEngines.read(repository));
        } catch (RuntimeException e) {
            LOG.warn("AM's authorization engines cannot be read, so that no secret can be kept: {}", e.toString());
            return Optional.of("AM's stored engines cannot be read now; save again in a moment");
        }
        return SECRETS.stream()
                .filter(name -> isKeptForAnother(name, wanted, stored))
                .findFirst()
                .map(name -> "The address has changed, so that " + name + " must be entered anew: save the new address"
                        + " with " + name + " empty, then enter " + name + " and save again");
    }

    private static boolean isKeptForAnother(String secret, JsonNode wanted, List<JsonNode> stored) {
        String value = text(wanted, secret);
        List<JsonNode> same = value.isEmpty()
                ? List.of()
                : stored.stream()
                        .filter(each -> text(each, secret).equals(value))
                        .toList();
        return !same.isEmpty() && same.stream().noneMatch(each -> goesTheSameWay(each, wanted));
    }

    private static boolean goesTheSameWay(JsonNode one, JsonNode other) {
        return ADDRESSES.stream().allMatch(name -> address(one, name).equals(address(other, name)));
    }

    private static String address(JsonNode configuration, String name) {
        String address = text(configuration, name);
        return address.replaceFirst("/+$", "").toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode configuration, String name) {
        String text = configuration.path(name).asText("").strip();
        return configuration.path(name).isTextual() ? text : "";
    }

    private static List<JsonNode> configurations(List<AuthorizationEngine> engines) {
        List<JsonNode> all = new ArrayList<>();
        for (AuthorizationEngine engine : engines) {
            try {
                if (engine.getConfiguration() != null) {
                    all.add(JSON.readTree(engine.getConfiguration()));
                }
            } catch (JsonProcessingException e) {
                // An engine that cannot be read sends nothing anywhere.
                LOG.debug("The configuration of an engine cannot be read");
            }
        }
        return all;
    }
}
