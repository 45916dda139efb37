package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.Subject;
import io.mcpaccess.core.decision.CheckMapping;
import io.mcpaccess.core.spi.SearchPage;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.PermissionChecks;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.PermissionSearches;
import io.mcpaccess.openfga.StoreAdministration;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreSearchesTest {
    private static final String MODEL = ModelReader.toJson(ModelReader.fromDsl("""
        model
          schema 1.1
        type user
        type agent
        type folder
          relations
            define viewer: [user]
        type tool
          relations
            define folder: [folder]
            define viewer: viewer from folder
            define can_call: [user] or viewer
            define can_run: [agent]
        """));

    private final StoreAdministration administration = mock(StoreAdministration.class);
    private final PermissionChecks checks = mock(PermissionChecks.class);
    private final List<String> asked = new ArrayList<>();
    private final StoreSearches searches =
            new StoreSearches(new CheckMapping(Map.of()), checks, mock(PermissionSearches.class), administration);

    @BeforeEach
    void allowsEverything() {
        when(administration.currentModel())
                .thenReturn(CompletableFuture.completedFuture(new ModelDocument("01ARZ3NDEKTSV4RRFFQ69G5FAV", MODEL)));
        when(checks.checkAll(any(), any())).thenAnswer(call -> {
            List<PermissionQuestion> questions = call.getArgument(0);
            questions.forEach(question -> asked.add(question.tuple().relation()));
            return CompletableFuture.completedFuture(
                    questions.stream().map(question -> CheckResult.allowed()).toList());
        });
    }

    @Test
    void actionSearchAsksOnlyRelationsThatASubjectOfTheTypeCanHold() {
        assertThat(actions("user").results())
                .containsExactlyInAnyOrder(Map.of("name", "can_call"), Map.of("name", "viewer"));
        assertThat(asked).containsExactlyInAnyOrder("can_call", "viewer");
    }

    @Test
    void actionSearchOfATypeThatHoldsNothingAsksNothing() {
        assertThat(actions("nobody").results()).isEmpty();
        assertThat(asked).isEmpty();
    }

    private SearchPage actions(String subjectType) {
        return searches.actions(new Subject(subjectType, "a", Map.of()), new Resource("tool", "t", Map.of()), Map.of())
                .toCompletableFuture()
                .join();
    }
}
