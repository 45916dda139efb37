/**
 * Answering questions: models compiled into plans, and the walks over tuples that check, list and expand make.
 *
 * <p>Start at {@link io.mcpaccess.openfga.embedded.evaluation.ModelPlan} and
 * {@link io.mcpaccess.openfga.embedded.evaluation.CheckEvaluation}.
 */
package io.mcpaccess.openfga.embedded.evaluation;
