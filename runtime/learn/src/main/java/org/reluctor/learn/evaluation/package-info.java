/** Figures of merit of a network on recordings that it was not trained on. */
package org.reluctor.learn.evaluation;
