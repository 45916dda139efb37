package io.mcpaccess.policy.am;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gravitee.am.model.User;
import io.mcpaccess.core.decision.AccessSettings.SubjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTemplateTest {

    private final User user = new User();

    @BeforeEach
    void aUser() {
        user.setUsername("a$1{sub}");
        user.setSource("ldap");
        user.setId("42");
    }

    @ParameterizedTest
    @CsvSource({
        "'', USERNAME, a$1{sub}",
        "'', SUB, opaque",
        "'', SOURCE_USERNAME, ldap/a$1{sub}",
        "{id}, USERNAME, 42",
        "x-{sub}-{id}, USERNAME, x-opaque-42"
    })
    void namesTheUserAndNeverReadsANameAsATemplate(String template, SubjectName engine, String name) {
        assertThat(new SubjectTemplate(template).name(user, engine, known -> "opaque"))
                .isEqualTo(name);
    }

    @Test
    void aMissingPartIsNoEmptyPart() {
        assertThatThrownBy(() -> new SubjectTemplate("{externalId}").name(user, SubjectName.USERNAME, known -> ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("externalId");
    }
}
