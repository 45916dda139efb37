package io.mcpaccess.core.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.EvaluationRequest;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotBlank;

class CoazProperties {

    @Property
    void aToolCallIsDecidedAlikeInEitherShape(@ForAll("cases") DecisionCase one) {
        EvaluationRequest coaz = new EvaluationRequest(
                Subject.of("identity", one.presented() ? "sub-of-" + one.askedUser() : one.askedUser()),
                Action.of("tools/call"),
                Resource.of("tool", one.tool()),
                one.presented() ? World.with("t") : Map.of());
        Set<String> permissions = one.permissions().stream()
                .map(permission -> permission.replace(" can_call ", " tools/call "))
                .collect(Collectors.toSet());

        Outcome outcome = one.withPermissions(permissions).world().decide(one.pep(), coaz);

        assertThat(outcome).isEqualTo(one.outcome());
    }

    @Property
    void aMethodOfNoMappingOpensNothingWhateverIsPermitted(
            @ForAll("types") String type, @ForAll @NotBlank String part, @ForAll("pairs") String pattern) {
        String method = pattern.replace("X", part);
        EvaluationRequest question = new EvaluationRequest(
                Subject.of("identity", "sub-of-alice"), Action.of(method), Resource.of(type, "pay"), World.with("t"));
        World world = new World();
        world.otherwise = new PermissionAnswer.Held();

        Outcome outcome = world.decide(World.BILLING_SERVER, question);

        assertThat(outcome.reason()).isEqualTo(ReasonCode.METHOD_UNMAPPED);
        assertThat(world.asked).isEmpty();
    }

    @Provide
    Arbitrary<DecisionCase> cases() {
        return DecisionCase.any();
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("tool", "mcp_server", "resource", "prompt", "task", "document");
    }

    /** None of them can become a mapped method, whatever stands for the X. */
    @Provide
    Arbitrary<String> pairs() {
        return Arbitraries.of(List.of("tools/call/X", "X/tools/call", "notifications/X", "tools//X", "/X", "X/"));
    }
}
