package io.mcpaccess.policy;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.AccessSettings;
import io.mcpaccess.core.decision.AccessSettings.SharedToolNames;
import io.mcpaccess.core.decision.PermissionAnswer;
import io.mcpaccess.core.decision.ReasonCode;
import io.mcpaccess.core.mcp.ToolObject;
import io.mcpaccess.core.openfga.CheckMapping;
import io.mcpaccess.core.openfga.InvalidIdentifierException;
import io.mcpaccess.policy.RequestedTools.RequestedTool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the engine is asked about tools, and what is refused unasked.
 *
 * @param subject who would call the tools
 * @param tools the tools that are asked about
 * @param questions the question about each of them, in the same order
 * @param refused the other tools, with the reason
 */
record ToolQuestions(
        Subject subject,
        List<RequestedTool> tools,
        List<EvaluationRequest> questions,
        Map<RequestedTool, ReasonCode> refused) {

    private static final CheckMapping IDENTIFIERS = new CheckMapping(Map.of());

    ToolQuestions {
        tools = List.copyOf(tools);
        questions = List.copyOf(questions);
        refused = Map.copyOf(refused);
    }

    /**
     * Makes the questions.
     *
     * @param requested the tools
     * @param subject who would call them
     * @param action what a call is in permissions
     * @param settings how the engine is set
     * @param sharedKeys the tool names that several servers have
     * @return the questions
     */
    static ToolQuestions about(
            List<RequestedTool> requested,
            Subject subject,
            Action action,
            AccessSettings settings,
            Set<String> sharedKeys) {
        ToolObject names = settings.toolObject();
        boolean namesMustDiffer = !names.isQualified() && settings.sharedToolNames() == SharedToolNames.DENY;
        List<RequestedTool> asked = new ArrayList<>();
        List<EvaluationRequest> questions = new ArrayList<>();
        Map<RequestedTool, ReasonCode> refused = new LinkedHashMap<>();
        for (RequestedTool each : requested) {
            EvaluationRequest question = EvaluationRequest.of(
                    subject,
                    action,
                    Resource.of(
                            names.type(),
                            names.id(each.server().clientId(), each.tool().key())));
            if (namesMustDiffer && sharedKeys.contains(each.tool().key())) {
                refused.put(each, ReasonCode.TOOL_AMBIGUOUS);
            } else if (!isAskable(question)) {
                refused.put(each, ReasonCode.INVALID_IDENTIFIER);
            } else {
                asked.add(each);
                questions.add(question);
            }
        }
        return new ToolQuestions(subject, asked, questions, refused);
    }

    /**
     * Puts the answers to the tools.
     *
     * @param answers one answer a question, in the questions' order
     * @return an answer for every tool, the refused ones included
     * @throws IllegalStateException if there are more or fewer answers than questions
     */
    ToolAnswers answered(List<PermissionAnswer> answers) {
        if (answers.size() != questions.size()) {
            throw new IllegalStateException("the engine answered " + answers.size() + " of " + questions.size());
        }
        Map<RequestedTool, PermissionAnswer> all = new LinkedHashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            all.put(tools.get(i), answers.get(i));
        }
        refused.forEach((tool, reason) -> all.put(tool, new PermissionAnswer.NotHeld(reason)));
        return new ToolAnswers(subject, all);
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
