package org.reluctor.certify.envelope;

/** -σ(-z) of another activation: its concave envelope is the other's convex one. */
record ReflectedActivation(Activation original) implements Activation {
    @Override
    public double value(double z) {
        return -original.value(-z);
    }

    @Override
    public double valueUp(double z) {
        return -original.valueDown(-z);
    }

    @Override
    public double valueDown(double z) {
        return -original.valueUp(-z);
    }

    @Override
    public double slope(double z) {
        return original.slope(-z);
    }

    @Override
    public double inflection() {
        return -original.inflection();
    }

    @Override
    public double mostOver(double slope, double low, double high) {
        return -original.leastOver(slope, -high, -low);
    }

    @Override
    public double leastOver(double slope, double low, double high) {
        return -original.mostOver(slope, -high, -low);
    }

    @Override
    public Activation reflected() {
        return original;
    }
}
