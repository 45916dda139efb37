package io.mcpaccess.sandbox.management.am;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gravitee.am.authorizationengine.api.AuthorizationEngineProvider;
import io.gravitee.am.common.plugin.ValidationResult;
import io.gravitee.plugin.core.api.ConfigurablePluginManager;
import io.gravitee.plugin.core.api.Plugin;
import io.gravitee.plugin.policy.PolicyPlugin;
import io.mcpaccess.sandbox.data.DomainRow;
import io.mcpaccess.sandbox.data.EngineRow;
import io.mcpaccess.sandbox.data.FlowRow;
import io.mcpaccess.sandbox.data.StepRow;
import io.mcpaccess.sandbox.data.Tables;
import io.mcpaccess.sandbox.plugin.AuthorizationEnginePlugins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What AM takes without a word and then does not do: policies and engines that no plugin has, settings that a policy does not know,
 * engines that cannot work. Needs the plugins loaded; blocks while engines look at their stores.
 */
public final class DomainCheck {
    private final Tables tables;
    private final AuthorizationEnginePlugins enginePlugins;
    private final ConfigurablePluginManager<PolicyPlugin<?>> policies;
    private final Engines engines;
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * Makes the check.
     *
     * @param tables the seeded tables
     * @param enginePlugins the installed engine plugins
     * @param policies the installed policies
     * @param engines makes the engines of this node
     */
    public DomainCheck(
            Tables tables,
            AuthorizationEnginePlugins enginePlugins,
            ConfigurablePluginManager<PolicyPlugin<?>> policies,
            Engines engines) {
        this.tables = tables;
        this.enginePlugins = enginePlugins;
        this.policies = policies;
        this.engines = engines;
    }

    /**
     * Looks at all domains.
     *
     * @return one sentence a mistake, by domain; never a secret
     */
    public List<String> mistakes() {
        List<String> found = new ArrayList<>();
        tables.flows()
                .where(flow -> true)
                .sorted(Comparator.comparing(FlowRow::domain).thenComparing(FlowRow::order))
                .forEach(flow -> Stream.concat(steps(flow.pre()), steps(flow.post()))
                        .forEach(step -> policy(place(flow), step, found)));
        tables.engines()
                .where(engine -> true)
                .sorted(Comparator.comparing(EngineRow::domain))
                .forEach(engine -> engine(domain(engine.domain()) + ", authorizationEngine", engine, found));
        return List.copyOf(found);
    }

    private String domain(String id) {
        return "domain " + tables.domains().find(id).map(DomainRow::hrid).orElse(id);
    }

    private static Stream<StepRow> steps(List<StepRow> steps) {
        return steps == null ? Stream.empty() : steps.stream();
    }

    private String place(FlowRow flow) {
        return domain(flow.domain()) + ", flow " + (flow.order() + 1) + " (" + flow.type() + ")";
    }

    private void policy(String place, StepRow step, List<String> found) {
        if (policies.get(step.policy()) == null) {
            found.add(place + ": there is no policy '" + step.policy() + "'; installed: " + names(policies.findAll()));
            return;
        }
        try {
            String schema = policies.getSchema(step.policy());
            if (schema != null) {
                settings(place, step.policy(), mapper.readTree(schema), mapper.readTree(step.configuration()), found);
            }
        } catch (IOException e) {
            found.add(place + ": the settings of " + step.policy() + " cannot be read; write a mapping");
        }
    }

    /**
     * By hand and not by the validator that AM has (everit): of an unknown setting that one says only that it is extraneous, and of a
     * value that it is not valid; which there are is what helps, and would have to be read from the schema here all the same.
     */
    private static void settings(String place, String policy, JsonNode schema, JsonNode given, List<String> found) {
        JsonNode known = schema.path("properties");
        TreeSet<String> names = new TreeSet<>();
        known.fieldNames().forEachRemaining(names::add);
        given.properties().forEach(setting -> {
            JsonNode rule = known.path(setting.getKey());
            String name = "'" + setting.getKey() + "' of " + policy;
            if (rule.isMissingNode()) {
                found.add(place + ": " + policy + " has no setting '" + setting.getKey() + "'; it has "
                        + String.join(", ", names));
            } else if (!fits(rule.path("type").asText(), setting.getValue())) {
                found.add(place + ": " + name + " is not of type "
                        + rule.path("type").asText());
            } else if (rule.has("enum") && !contains(rule.path("enum"), setting.getValue())) {
                found.add(place + ": " + name + " cannot be " + setting.getValue() + "; it is one of "
                        + rule.path("enum"));
            } else if (setting.getValue().isNumber() && !isWithin(rule, setting.getValue())) {
                found.add(place + ": " + name + " is not between " + rule.path("minimum") + " and "
                        + rule.path("maximum"));
            }
        });
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "string" -> value.isTextual();
            case "array" -> value.isArray();
            default -> true;
        };
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
    }

    private static boolean isWithin(JsonNode rule, JsonNode value) {
        return value.doubleValue() >= rule.path("minimum").asDouble(-Double.MAX_VALUE)
                && value.doubleValue() <= rule.path("maximum").asDouble(Double.MAX_VALUE);
    }

    private void engine(String place, EngineRow engine, List<String> found) {
        if (enginePlugins.get(engine.type()) == null) {
            found.add(place + ": there is no authorization engine '" + engine.type() + "'; installed: "
                    + names(enginePlugins.findAll()));
            return;
        }
        Optional<AuthorizationEngineProvider> provider = engines.provider(engine.id());
        if (provider.isEmpty()) {
            found.add(place + ": the engine cannot be made; the log says why");
            return;
        }
        if (!isEmbedded(engine)) {
            return; // a server elsewhere may come later, with its store: that is no mistake of the file
        }
        ValidationResult result = provider.get().validate();
        if (result.failed()) {
            found.add(place + ": "
                    + Optional.ofNullable(result.failedMessage()).orElse("the engine does not work; the log says why"));
        }
    }

    private boolean isEmbedded(EngineRow engine) {
        try {
            return mapper.readTree(engine.configuration()).path("mode").asText().equals("embedded");
        } catch (IOException e) {
            return false;
        }
    }

    private static String names(Collection<? extends Plugin> plugins) {
        return plugins.isEmpty()
                ? "none"
                : String.join(", ", plugins.stream().map(Plugin::id).sorted().toList());
    }
}
