package io.mcpaccess.amctl.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.amctl.am.Json;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubtractedRelationsTest {

    private static final List<String> RELATIONS = List.of(
            "role#assignee",
            "folder#banned",
            "folder#reader",
            "tool#parent",
            "tool#banned",
            "tool#granted",
            "tool#can_call");

    private static List<String> found(String canCall) {
        SubtractedRelations subtracted = new SubtractedRelations(ModelReader.fromDsl("""
                model
                  schema 1.1
                type user
                type role
                  relations
                    define assignee: [user]
                type folder
                  relations
                    define banned: [user]
                    define reader: [user]
                type tool
                  relations
                    define parent: [folder]
                    define banned: [user, role#assignee]
                    define granted: [user]
                    define shut: banned from parent
                    define can_call: %s
                """.formatted(canCall)));
        return RELATIONS.stream()
                .filter(relation -> subtracted.holds(Json.object()
                        .put("object", relation.replaceFirst("#.*", ":x"))
                        .put("relation", relation.replaceFirst(".*#", ""))))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "granted or reader from parent |",
                "[user] and granted |",
                "granted but not banned | role#assignee tool#banned",
                "([user] but not banned) or granted | role#assignee tool#banned",
                "([user] but not banned) and granted | role#assignee tool#banned",
                "([user] but not banned) but not granted | role#assignee tool#banned tool#granted",
                "granted but not (banned or reader from parent) | role#assignee folder#reader tool#parent tool#banned",
                "[user] but not (granted and reader from parent) | folder#reader tool#parent tool#granted",
                "[user] but not shut | folder#banned tool#parent",
                "[user] but not (granted but not banned) | role#assignee tool#banned tool#granted"
            })
    void findsWhatIsTakenAwayAndWhatLeadsThere(String canCall, String relations) {
        assertThat(found(canCall)).isEqualTo(relations == null ? List.of() : List.of(relations.split(" ")));
    }

    @Test
    void whatTheModelDoesNotKnowIsNotTakenAway() {
        SubtractedRelations subtracted =
                new SubtractedRelations(ModelReader.fromDsl("model\n  schema 1.1\ntype user\n"));

        assertThat(subtracted.holds(Json.object().put("object", "nothing").put("relation", "banned")))
                .isFalse();
    }
}
