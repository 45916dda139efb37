package io.mcpaccess.core.authzen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class StrictJsonProperties {

    private static final String WHOLE =
            "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"a\"},\"resource\":{\"type\":\"t\",\"id\":\"i\"}}";

    private final AuthZenReader reader = new AuthZenReader();

    @Property
    void anyBytesAreAQuestionOrAProblemForTheCaller(@ForAll @Size(max = 200) byte[] body) {
        readOrRefuse(body);
    }

    @Property
    void aDamagedQuestionIsAQuestionOrAProblemForTheCaller(@ForAll byte damage, @ForAll int where) {
        byte[] body = WHOLE.getBytes(StandardCharsets.UTF_8);
        body[Math.floorMod(where, body.length)] = damage;
        readOrRefuse(body);
    }

    private void readOrRefuse(byte[] body) {
        try {
            assertThat(reader.readEvaluation(body).subject().id()).isNotEmpty();
        } catch (MalformedRequestException e) {
            assertThat(e).hasMessageEndingWith(".");
        }
    }
}
