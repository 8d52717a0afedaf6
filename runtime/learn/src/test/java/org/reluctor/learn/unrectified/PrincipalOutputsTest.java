package org.reluctor.learn.unrectified;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

class PrincipalOutputsTest {
    private static final int OUTPUTS = 40;

    private final Products products = new HostProducts();
    private final Shards shards = Shards.of(List.of(shard(1), shard(2)));

    /** Targets whose energy falls from output to output, seen through a rotation of neighbours. */
    private static Shard shard(long seed) {
        Samples targets = SmallProblems.gaussian(150, OUTPUTS, seed);
        for (int at = 0; at < targets.values().length; at++) {
            targets.values()[at] *= Math.pow(0.7, at % OUTPUTS);
        }
        for (int at = 0; at + 1 < targets.values().length; at += 2) {
            double left = targets.values()[at];
            double right = targets.values()[at + 1];
            targets.values()[at] = 0.6 * left - 0.8 * right;
            targets.values()[at + 1] = 0.8 * left + 0.6 * right;
        }
        return new Shard(SmallProblems.gaussian(150, 3, seed + 10), targets);
    }

    @Test
    void of_shareOfTheEnergy_holdsItInFewerOrthonormalDirections() {
        PrincipalOutputs principal = PrincipalOutputs.of(products, shards, 0.99);
        assertEquals(16, principal.basis().columns());
        Matrix identity = principal.basis().transposed().times(principal.basis());
        double all = shards.shard(0).targets().energy() + shards.shard(1).targets().energy();
        Shards few = principal.of(products, shards);
        double held = few.shard(0).targets().energy() + few.shard(1).targets().energy();
        for (int row = 0; row < 16; row++) {
            for (int column = 0; column < 16; column++) {
                assertEquals(row == column ? 1 : 0, identity.at(row, column), 1e-12);
            }
        }
        assertTrue(held > 0.99 * all && held < all, held + " of " + all);
        assertEquals(all / 2 / 300, held / 2 / 300 + principal.rest(), 1e-9 * all);
    }

    @Test
    void objective_ofANetworkWithinTheDirections_isThatOfAllOutputs() {
        PrincipalOutputs principal = PrincipalOutputs.of(products, shards, 0.9);
        DenseNetwork drawn = DenseNetwork.random(false, 5, 3, 7, 6, OUTPUTS);
        DenseNetwork fitted = new RestartVariant(products, RestartOptions.STANDARD, UnrectifiedProgress.SILENT)
                .refitted(drawn, shards);
        DenseNetwork few = principal.of(fitted);
        Shards fewShards = principal.of(products, shards);
        double loss = few.objective(products, fewShards) * few.width(few.hidden());
        assertEquals(principal.restored(few).objective(products, shards), principal.objective(loss), 1e-12);
    }

    @Test
    void of_allOfTheEnergy_changesNothing() {
        PrincipalOutputs principal = PrincipalOutputs.of(products, shards, 1);
        assertSame(shards, principal.of(products, shards));
        assertEquals(2.0 / OUTPUTS, principal.objective(2), 0.0);
    }
}
