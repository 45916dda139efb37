package io.mcpaccess.samples.examples;

import io.mcpaccess.guard.GuardConfiguration;
import io.mcpaccess.guard.Rules;
import io.mcpaccess.guard.arguments.ArgumentType;
import io.mcpaccess.guard.arguments.ToolArgument;
import io.mcpaccess.guard.arguments.ToolArguments;
import java.util.Set;

/** What the guard asks AM about beside the tool's name. */
public final class RulesExample {
    private RulesExample() {}

    /**
     * @param configuration of the guard
     * @return the same; the amount of a refund goes before the conditions of OpenFGA
     */
    public static GuardConfiguration withAmount(GuardConfiguration configuration) {
        return configuration.withRules(Rules.usual()
                .withArguments(ToolArguments.none()
                        .with("refund", new ToolArgument("amount", "/amount", ArgumentType.NUMBER))));
    }

    /**
     * @param configuration of the guard
     * @return the same; each resource, prompt and completion is asked about
     */
    public static GuardConfiguration deciding(GuardConfiguration configuration) {
        return configuration.withRules(
                Rules.usual().withDecidedMethods(Set.of("resources/read", "prompts/get", "completion/complete")));
    }
}
