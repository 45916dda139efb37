package io.mcpaccess.policy.token;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AuditRule;
import io.mcpaccess.core.decision.CallPermission;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.mcp.ToolObject;
import io.mcpaccess.openfga.InvalidIdentifierException;
import io.mcpaccess.policy.am.RequestedTools.RequestedTool;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the engine is asked about tools, and what is refused unasked. It is asked what it would be asked at each call: about the
 * user, and where the domain's settings want it about the application and the actors.
 *
 * @param subject who would call the tools
 * @param calls what must hold for each tool that is asked about
 * @param questions the questions, each once
 * @param refused the other tools, with the reason
 */
record ToolQuestions(
        Subject subject,
        Map<RequestedTool, CallPermission> calls,
        List<EvaluationRequest> questions,
        Map<RequestedTool, ReasonCode> refused) {

    private static final CheckMapping IDENTIFIERS = new CheckMapping(Map.of());

    /** Copies what it is given. */
    ToolQuestions {
        calls = Collections.unmodifiableMap(new LinkedHashMap<>(calls));
        questions = List.copyOf(questions);
        refused = Map.copyOf(refused);
    }

    /**
     * Makes the questions.
     *
     * @param requested the tools
     * @param subject who would call them
     * @param party the application and the actors of the token
     * @param action what a call is in permissions
     * @param settings how the engine is set
     * @param sharedKeys the tool names that several servers have
     * @return the questions
     */
    static ToolQuestions about(
            List<RequestedTool> requested,
            Subject subject,
            TokenParty party,
            Action action,
            AccessSettings settings,
            Set<String> sharedKeys) {
        ToolObject names = settings.toolObject();
        boolean namesMustDiffer = settings.refusesSharedToolNames();
        Map<RequestedTool, CallPermission> calls = new LinkedHashMap<>();
        Set<EvaluationRequest> questions = new LinkedHashSet<>();
        Map<RequestedTool, ReasonCode> refused = new LinkedHashMap<>();
        for (RequestedTool each : requested) {
            String server = each.server().clientId();
            Resource tool =
                    Resource.of(names.type(), names.id(server, each.tool().key()));
            CallPermission call =
                    CallPermission.of(EvaluationRequest.of(subject, action, tool), party.parties(), server, settings);
            if (namesMustDiffer && sharedKeys.contains(each.tool().key())) {
                refused.put(each, ReasonCode.TOOL_AMBIGUOUS);
            } else if (!call.questions().stream().allMatch(ToolQuestions::isAskable)) {
                refused.put(each, ReasonCode.INVALID_IDENTIFIER);
            } else {
                calls.put(each, call);
                questions.addAll(call.questions());
            }
        }
        return new ToolQuestions(subject, calls, List.copyOf(questions), refused);
    }

    /**
     * Puts the answers to the tools.
     *
     * @param answers one answer a question, in the questions' order
     * @param audits which findings the engine wants audited
     * @return an answer for every tool, the refused ones included
     * @throws IllegalStateException if there are more or fewer answers than questions
     */
    ToolAnswers answered(List<PermissionAnswer> answers, AuditRule audits) {
        if (answers.size() != questions.size()) {
            throw new IllegalStateException("the engine answered " + answers.size() + " of " + questions.size());
        }
        Map<EvaluationRequest, PermissionAnswer> byQuestion = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            byQuestion.put(questions.get(i), answers.get(i));
        }
        Map<RequestedTool, PermissionAnswer> all = new LinkedHashMap<>();
        calls.forEach((tool, call) -> all.put(tool, call.answer(byQuestion::get)));
        refused.forEach((tool, reason) -> all.put(tool, new PermissionAnswer.NotHeld(reason)));
        return new ToolAnswers(subject, all, audits);
    }

    /** The rules of identifiers hold for every engine: a userset as user id must not reach another's either. */
    private static boolean isAskable(EvaluationRequest question) {
        try {
            IDENTIFIERS.map(question);
            return true;
        } catch (InvalidIdentifierException e) {
            return false;
        }
    }
}
