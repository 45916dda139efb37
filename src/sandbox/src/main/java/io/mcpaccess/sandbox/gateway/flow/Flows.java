package io.mcpaccess.sandbox.gateway.flow;

import io.gravitee.am.model.oidc.Client;
import io.gravitee.gateway.api.Request;
import io.gravitee.plugin.core.api.ConfigurablePluginManager;
import io.gravitee.plugin.core.api.PluginClassLoaderFactory;
import io.gravitee.plugin.policy.PolicyPlugin;
import io.mcpaccess.sandbox.data.FlowRow;
import io.mcpaccess.sandbox.data.StepRow;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/**
 * The flows of a domain, AM's FlowManager. Two of AM's traps are kept: a policy that cannot be made is logged and its step is
 * dropped, and an application that does not inherit flows runs none of the domain's.
 */
public final class Flows {
    private static final Logger LOG = LoggerFactory.getLogger(Flows.class);

    private final ApplicationContext domain;
    private final Clock clock;
    private final PolicyFactory factory;
    private volatile Map<ExtensionPoint, List<PolicyStep>> steps = Map.of();

    /**
     * Makes the policies of a domain's flows.
     *
     * @param domain the domain's Spring context
     * @param rows the flows that the domain has
     * @param clock stamps requests
     */
    @SuppressWarnings("unchecked")
    public Flows(ApplicationContext domain, Stream<FlowRow> rows, Clock clock) {
        this.domain = domain;
        this.clock = clock;
        this.factory = new PolicyFactory(
                (ConfigurablePluginManager<PolicyPlugin<?>>)
                        domain.getBean("policyManager", ConfigurablePluginManager.class),
                domain.getBean("pluginClassLoaderFactory", PluginClassLoaderFactory.class));
        load(rows);
    }

    /**
     * Makes the policies anew, from flows that changed. Requests under way end with the policies that they began with.
     *
     * @param rows the flows that the domain has now
     */
    public void load(Stream<FlowRow> rows) {
        Map<ExtensionPoint, List<PolicyStep>> loaded = new EnumMap<>(ExtensionPoint.class);
        rows.filter(FlowRow::enabled)
                .sorted(Comparator.comparingInt(FlowRow::order))
                .forEach(flow -> {
                    add(loaded, flow, flow.type().equals("ROOT") ? "ROOT" : "PRE_" + flow.type(), flow.pre());
                    add(loaded, flow, "POST_" + flow.type(), flow.post());
                });
        steps = loaded;
    }

    /**
     * Runs an extension point of the token endpoint.
     *
     * @param point where
     * @param client whose flows run
     * @param request what the policies see
     * @param attributes attributes to start with
     * @return the context after the last step, or a {@link PolicyFailure}
     */
    public Future<FlowContext> run(
            ExtensionPoint point, Client client, Request request, Map<String, Object> attributes) {
        FlowContext flow = new FlowContext(domain, request, attributes);
        List<PolicyStep> inherited =
                client == null || client.isFlowsInherited() ? steps.getOrDefault(point, List.of()) : List.of();
        return new PolicyRun(inherited, flow, Vertx.currentContext()).start();
    }

    /**
     * Runs an extension point of a browser's endpoint: attributes come from and go back to the routing context.
     *
     * @param point where
     * @param client whose flows run, null where there is none yet
     * @param context the HTTP exchange
     * @return the context after the last step, null where there is no step, or a {@link PolicyFailure}
     */
    public Future<FlowContext> run(ExtensionPoint point, Client client, RoutingContext context) {
        if (!steps.containsKey(point)) {
            return Future.succeededFuture();
        }
        return run(point, client, new BrowserRequest(clock.millis(), context), context.data())
                .onSuccess(flow -> flow.getAttributes().forEach(context::put));
    }

    private void add(Map<ExtensionPoint, List<PolicyStep>> loaded, FlowRow flow, String name, List<StepRow> rows) {
        Optional<ExtensionPoint> point = ExtensionPoint.named(name);
        if (rows == null || point.isEmpty()) {
            return;
        }
        for (StepRow row : rows) {
            if (row.enabled()) {
                try {
                    loaded.computeIfAbsent(point.get(), each -> new ArrayList<>())
                            .add(factory.create(row.policy(), conditions(flow, row), row.configuration()));
                } catch (Exception | LinkageError e) {
                    LOG.error("The policy {} at {} cannot be made: its step is dropped", row.policy(), name, e);
                }
            }
        }
    }

    private static List<String> conditions(FlowRow flow, StepRow step) {
        return Stream.of(Optional.ofNullable(flow.condition()), Optional.ofNullable(step.condition()))
                .flatMap(Optional::stream)
                .filter(condition -> !condition.isBlank())
                .toList();
    }

    /** Where steps run: those of io.gravitee.am.model.flow.Type that the sandbox has. */
    public enum ExtensionPoint {
        /** Every request of the domain, before the session is read. */
        ROOT,
        /** Before the consent page. */
        PRE_CONSENT,
        /** After the user's decision, a denial included. */
        POST_CONSENT,
        /** After scopes were validated, before a token is made. */
        PRE_TOKEN,
        /** After a token was made. */
        POST_TOKEN;

        /** AM has more, of pages that the sandbox does not have. */
        static Optional<ExtensionPoint> named(String name) {
            return Arrays.stream(values())
                    .filter(point -> point.name().equals(name))
                    .findFirst();
        }
    }
}
