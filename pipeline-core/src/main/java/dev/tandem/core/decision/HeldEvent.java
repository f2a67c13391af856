package dev.tandem.core.decision;

import dev.tandem.core.aggregate.Bytes;
import java.util.ArrayList;
import java.util.List;

/** What an event would add, whose time is far ahead and not believed yet. */
record HeldEvent(long time, List<Contribution> contributions, List<Outlying> outliers) {
  HeldEvent {
    contributions = List.copyOf(contributions);
    outliers = List.copyOf(outliers);
  }

  static HeldEvent read(Bytes in) {
    long time = in.getSigned();
    List<Contribution> contributions = new ArrayList<>();
    for (long left = in.getUnsigned(); left > 0; left--) {
      contributions.add(Contribution.read(in));
    }
    List<Outlying> outliers = new ArrayList<>();
    for (long left = in.getUnsigned(); left > 0; left--) {
      outliers.add(Outlying.read(in));
    }
    return new HeldEvent(time, contributions, outliers);
  }

  void write(Bytes out) {
    out.putSigned(time);
    out.putUnsigned(contributions.size());
    contributions.forEach(contribution -> contribution.write(out));
    out.putUnsigned(outliers.size());
    outliers.forEach(outlying -> outlying.write(out));
  }
}
