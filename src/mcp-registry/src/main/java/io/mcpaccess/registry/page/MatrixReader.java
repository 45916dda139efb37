package io.mcpaccess.registry.page;

import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.FoundUsers;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.registry.map.EngineAnswers;
import io.mcpaccess.registry.map.EngineView;
import io.mcpaccess.registry.map.MapQuestions;
import io.mcpaccess.registry.plan.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Reads who holds the permissions for tools, a few at a time and not for ever. Blocks; for threads that may. */
final class MatrixReader {

    private static final int AT_ONCE = 8;
    private static final int CHECKS_AT_ONCE = 500;
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Subject ANY_USER = Subject.of("user", "any");

    private final EngineView engine;
    private final MapQuestions questions;
    private final LongSupplier nanoTime;

    MatrixReader(EngineView engine, LongSupplier nanoTime) {
        this.engine = engine;
        this.questions = new MapQuestions(engine);
        this.nanoTime = nanoTime;
    }

    private record Asked(DomainTool tool, CompletionStage<FoundUsers> users) {}

    /** The users of each tool. Once the engine does not answer, it is not asked any more. */
    Map<DomainTool, Holders> users(List<DomainTool> tools, Progress progress) {
        long end = nanoTime.getAsLong() + LIMIT.toNanos();
        Map<DomainTool, Holders> holders = new LinkedHashMap<>();
        boolean isSilent = false;
        for (int start = 0; start < tools.size(); start += AT_ONCE) {
            List<DomainTool> some = tools.subList(start, Math.min(tools.size(), start + AT_ONCE));
            if (isSilent || nanoTime.getAsLong() - end > 0) {
                some.forEach(tool -> holders.put(tool, Holders.none(ReasonCode.ENGINE_UNAVAILABLE.wireName())));
                continue;
            }
            List<Asked> asked = new ArrayList<>();
            for (DomainTool tool : some) {
                question(tool)
                        .ifPresentOrElse(
                                question -> asked.add(new Asked(tool, engine.holders(question, ANY_USER.type()))),
                                () -> holders.put(tool, Holders.none(barred(tool))));
            }
            for (Asked each : asked) {
                Holders found = found(each.users());
                holders.put(each.tool(), found);
                isSilent = isSilent
                        || found.reason()
                                .filter(ReasonCode.ENGINE_UNAVAILABLE.wireName()::equals)
                                .isPresent();
            }
            progress.step();
        }
        return holders;
    }

    private Optional<PermissionQuestion> question(DomainTool tool) {
        return tool.isAmbiguous()
                ? Optional.empty()
                : questions.call(ANY_USER, tool.server().clientId(), tool.tool().key());
    }

    private static String barred(DomainTool tool) {
        return (tool.isAmbiguous() ? ReasonCode.TOOL_AMBIGUOUS : ReasonCode.INVALID_IDENTIFIER).wireName();
    }

    private static Holders found(CompletionStage<FoundUsers> users) {
        try {
            FoundUsers found = EngineAnswers.get(users);
            return new Holders(new HashSet<>(found.users()), found.everyone(), found.truncated(), Optional.empty());
        } catch (RegistryException e) {
            return Holders.none(ReasonCode.ENGINE_UNAVAILABLE.wireName());
        }
    }

    /** Which of some sets of users hold the permission for each tool, each set as {@code type:id#relation}. */
    Map<DomainTool, Holders> groups(List<DomainTool> tools, List<String> groups, Progress progress) {
        long end = nanoTime.getAsLong() + LIMIT.toNanos();
        Map<DomainTool, Holders> holders = new LinkedHashMap<>();
        Map<DomainTool, Set<String>> allowed = new HashMap<>();
        List<PermissionQuestion> asked = new ArrayList<>();
        List<Runnable> whenAllowed = new ArrayList<>();
        for (DomainTool tool : tools) {
            Optional<PermissionQuestion> question = question(tool);
            if (question.isEmpty()) {
                holders.put(tool, Holders.none(barred(tool)));
                continue;
            }
            Set<String> of = allowed.computeIfAbsent(tool, each -> new HashSet<>());
            for (String group : groups) {
                TupleKey key = question.get().tuple();
                asked.add(PermissionQuestion.of(new TupleKey(group, key.relation(), key.object()), Map.of()));
                whenAllowed.add(() -> of.add(group));
            }
        }
        Optional<String> reason = Optional.empty();
        for (int start = 0; start < asked.size() && reason.isEmpty(); start += CHECKS_AT_ONCE) {
            int to = Math.min(asked.size(), start + CHECKS_AT_ONCE);
            List<CheckResult> results =
                    EngineAnswers.get(engine.checks().checkAll(asked.subList(start, to), CallContext.none()));
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).isAllowed()) {
                    whenAllowed.get(start + i).run();
                }
            }
            boolean isSilent = results.stream().anyMatch(CheckResult.Unavailable.class::isInstance);
            if (isSilent || nanoTime.getAsLong() - end > 0) {
                reason = Optional.of(ReasonCode.ENGINE_UNAVAILABLE.wireName());
            }
            progress.step();
        }
        for (DomainTool tool : tools) {
            holders.putIfAbsent(
                    tool, new Holders(allowed.getOrDefault(tool, Set.of()), false, reason.isPresent(), reason));
        }
        return holders;
    }
}
