"""Why a goal's rating or pace is another than in the edition before."""
