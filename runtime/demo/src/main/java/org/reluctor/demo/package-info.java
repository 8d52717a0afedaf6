/**
 * The main job on one machine: a broker, a simulated sensor that measures a real electrocardiogram, the gateway, and a
 * subscriber that compares every signal with the truth. A page and the terminal show it while it runs.
 */
package org.reluctor.demo;
