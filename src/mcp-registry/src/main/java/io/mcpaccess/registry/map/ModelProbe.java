package io.mcpaccess.registry.map;

import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.DenialReason;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.registry.plan.RegisteredServer;
import io.mcpaccess.registry.plan.RegisteredTool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out whether the authorization model can decide about tools, by asking for a user whom nobody has: a model without
 * the type or the relation says so.
 */
public final class ModelProbe {

    private static final Subject NOBODY = Subject.of("user", "mcp-access-model-probe");

    private final EngineView engine;
    private final MapQuestions questions;

    /**
     * A probe of one engine.
     *
     * @param engine the engine
     */
    public ModelProbe(EngineView engine) {
        this.engine = engine;
        this.questions = new MapQuestions(engine);
    }

    /** Whether the model can decide. */
    public enum Verdict {
        /** It can. */
        YES,
        /** It has no such type or relation, or the tool's name cannot be an identifier. */
        NO,
        /** The engine did not answer. */
        UNKNOWN
    }

    /**
     * Probes servers.
     *
     * @param servers the servers
     * @return the verdicts, by server id and tool key
     */
    public Map<String, Map<String, Verdict>> probe(List<RegisteredServer> servers) {
        Map<String, Map<String, Verdict>> verdicts = new HashMap<>();
        List<PermissionQuestion> asked = new ArrayList<>();
        List<Runnable> places = new ArrayList<>();
        List<CheckResult> results = new ArrayList<>();
        for (RegisteredServer server : servers) {
            Map<String, Verdict> ofServer = verdicts.computeIfAbsent(server.id(), id -> new HashMap<>());
            for (RegisteredTool tool : server.tools()) {
                Optional<PermissionQuestion> question = questions.call(NOBODY, server.clientId(), tool.key());
                if (question.isEmpty()) {
                    ofServer.put(tool.key(), Verdict.NO);
                    continue;
                }
                int place = asked.size();
                asked.add(question.get());
                places.add(() -> ofServer.put(tool.key(), verdict(results.get(place))));
            }
        }
        if (!asked.isEmpty()) {
            results.addAll(EngineAnswers.get(engine.checks().checkAll(asked, CallContext.none())));
            places.forEach(Runnable::run);
        }
        return verdicts;
    }

    private static Verdict verdict(CheckResult result) {
        if (result instanceof CheckResult.Unavailable) {
            return Verdict.UNKNOWN;
        }
        return result instanceof CheckResult.Denied denied && denied.reason() == DenialReason.MODEL_MISMATCH
                ? Verdict.NO
                : Verdict.YES;
    }
}
