/** Pictures of trainings and evaluations as SVG files. */
package org.reluctor.learn.plot;
