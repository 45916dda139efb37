package io.mcpaccess.registry.impact;

import io.mcpaccess.openfga.Holding;
import io.mcpaccess.registry.impact.Impact.Answer;
import io.mcpaccess.registry.impact.Impact.Change;
import io.mcpaccess.registry.impact.Impact.Layer;
import java.util.Optional;

/** How answers of a store become answers to a call, and two of them a change. */
final class CallAnswers {

    private CallAnswers() {}

    /** What comes of a call of somebody who has, or has not, the permission. */
    static Answer of(Optional<SideTool> sideTool, Holding holding) {
        if (sideTool.isEmpty()
                || sideTool.get().isAmbiguous()
                || sideTool.get().call().isEmpty()) {
            return Answer.NO;
        }
        if (sideTool.get().isShadowed() && holding != Holding.UNKNOWN) {
            return Answer.YES;
        }
        return switch (holding) {
            case NO -> Answer.NO;
            case CONDITIONAL -> Answer.CONDITIONAL;
            case YES -> Answer.YES;
            case UNKNOWN -> Answer.UNKNOWN;
        };
    }

    /** What it means that an answer changes; the two differ. What is not known any more is lost, as it lets nobody in. */
    static Change change(Answer before, Answer after) {
        return rank(after) > rank(before) ? Change.GAINS : Change.LOSES;
    }

    private static int rank(Answer answer) {
        return switch (answer) {
            case UNKNOWN -> 0;
            case NO -> 1;
            case CONDITIONAL -> 2;
            case YES -> 3;
        };
    }

    /** Which layer makes a difference between two answers. */
    static Layer layer(Places.Place place) {
        boolean wasOpen =
                place.before().filter(sideTool -> !sideTool.isAmbiguous()).isPresent();
        boolean isOpen =
                place.after().filter(sideTool -> !sideTool.isAmbiguous()).isPresent();
        return wasOpen == isOpen ? Layer.PERMISSION : Layer.REGISTRATION;
    }
}
